-- Which views are repeated, and where they came from. Part of record_hits.lua, which has its keys and arguments
-- described.

-- Which of the views that may be repeated are not, and where and as what remember() keeps them. What the slice before
-- remembers counts as long as it is younger than a slice is long. Whoever was unknown until now has viewed nothing since
-- visitors were last forgotten, which happens when their hashes change places.
local function viewed_before(site, even, odd, repeat_ms, now_ms, once, whose, unknown)
  local slice, ms = math.floor(now_ms / repeat_ms), now_ms % repeat_ms
  local hash, before = even, odd
  if slice % 2 == 1 then
    hash, before = odd, even
  end
  if site.slice ~= slice then
    redis.call('UNLINK', hash)
    site.slice, site.remembered, site.changed = slice, 0, true
  end
  local forgotten = (site.second - site.since) * 1000 <= repeat_ms
  local fresh, asked, places = {}, {}, {}
  for i = 1, #once do
    fresh[i] = true
    if forgotten or not unknown[whose[i]] then
      asked[#asked + 1], places[#places + 1] = once[i], i
    end
  end
  if #asked > 0 then
    local here = site.remembered > 0 and redis.call('HMGET', hash, unpack(asked)) or {}
    local there = redis.call('HMGET', before, 's', unpack(asked))
    local counts = tonumber(there[1] or -1) == slice - 1
    for i = 1, #asked do
      local at = counts and there[i + 1]
      fresh[places[i]] = not here[i] and (not at or tonumber(at) <= ms)
    end
  end
  return {hash = hash, ms = ms, expires = repeat_ms * 2 - ms, fresh = fresh}
end

-- Beyond the limit views are not remembered: they count even when repeated, and memory does not grow. Whoever can have
-- views counted for ~other, which are not within the limit of pages, needs no repetition to make more of them.
local function remember(site, viewed, once, places, within, most)
  local ms, added = string.format('%d', viewed.ms), {}
  for i = 1, #once do
    if viewed.fresh[i] and within[places[i]] then
      added[#added + 1] = once[i]
      added[#added + 1] = ms
    end
  end
  local remembered = site.remembered + #added / 2
  if #added > 0 and remembered <= most then
    redis.call('HSET', viewed.hash, 's', string.format('%d', site.slice), unpack(added))
    if site.remembered == 0 then
      redis.call('PEXPIRE', viewed.hash, viewed.expires)
    end
    site.remembered, site.changed = remembered, true
  end
end

local function add_referrers(hash, referrers, views, most)
  local known = redis.call('HLEN', hash)
  for i = 1, #referrers do
    local host, n = referrers[i], views[i]
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
