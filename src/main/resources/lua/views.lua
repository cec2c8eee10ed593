-- Which views are repeated, and where they came from. Part of record_hits.lua, which has its keys and arguments
-- described.

-- Sites that take views for repeated within the same time share two hashes, so that one command serves all of them: see
-- Keys.viewed. Slices of time are as long as that; even ones lie in the first hash, odd ones in the second. What the
-- slice before remembers counts as long as it is younger than a slice is long. The one before that is unlinked by whoever
-- comes next, before it expires: what expires is freed by Redis while everybody waits, 40 ms for 200,000 views.
local function slices(even, odd, repeat_ms, now_ms)
  local slice, ms = math.floor(now_ms / repeat_ms), now_ms % repeat_ms
  local hash, before = even, odd
  if slice % 2 == 1 then
    hash, before = odd, even
  end
  return {hash = hash, before = before, slice = slice, ms = ms, ms_text = string.format('%d', ms),
      expires = repeat_ms * 3 - ms, asked = {}, fresh = {}, added = {}}
end

-- Notes that so many views, sent behind a place, are to be looked up; returns behind how many others they stand.
local function ask(of, at, many)
  local asked, behind = of.asked, #of.asked
  for i = 1, many do
    asked[behind + i] = sent[at + i]
  end
  return behind
end

-- Finds out which of all views asked for are fresh, not repeated. Beyond so many a slice none are remembered: they count
-- even when repeated, and memory does not grow.
local function look_up(of, most)
  local asked, fresh, ms = of.asked, of.fresh, of.ms
  local here = redis.call('HMGET', of.hash, 's', unpack(asked))
  local there = redis.call('HMGET', of.before, 's', unpack(asked))
  local goes_on = tonumber(here[1] or -1) == of.slice
  local counts = tonumber(there[1] or -1) == of.slice - 1
  for i = 1, #asked do
    local at = counts and there[i + 1]
    fresh[i] = not (goes_on and here[i + 1]) and not (at and tonumber(at) > ms)
  end
  if here[1] and not goes_on then
    redis.call('UNLINK', of.hash)
  end
  of.begins = not goes_on
  of.room = goes_on and most + 1 - redis.call('HLEN', of.hash) or most
end

-- Whoever can have views counted for ~other, which are not within the limit of pages, needs no repetition to make more
-- of them: these are not remembered.
local function remember(of, behind, at, many, within)
  local asked, fresh, added, ms = of.asked, of.fresh, of.added, of.ms_text
  for i = 1, many do
    local so_far = #added
    if fresh[behind + i] and within[sent[at + many + i]] and so_far < 2 * of.room then
      added[so_far + 1], added[so_far + 2] = asked[behind + i], ms
    end
  end
end

-- Writes what all sites remember.
local function keep(of)
  if #of.added > 0 then
    redis.call('HSET', of.hash, 's', string.format('%d', of.slice), unpack(of.added))
    if of.begins then
      redis.call('PEXPIRE', of.hash, of.expires)
    end
  end
end

-- Counts the views that so many hosts, sent behind a place, led to.
local function add_referrers(hash, at, many, most)
  local known = redis.call('HLEN', hash)
  for i = 1, many do
    local host, n = sent[at + i], sent[at + many + i]
    if n > 0 then
      if known >= most and redis.call('HEXISTS', hash, host) == 0 then
        host = '~other'
      end
      if redis.call('HINCRBY', hash, host, n) == n then
        known = known + 1
      end
    end
  end
end
