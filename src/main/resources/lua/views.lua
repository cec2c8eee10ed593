-- Which views are repeated, and where they came from. Part of record_hits.lua, which has its keys and arguments
-- described.

-- Which of the views that may be repeated are not, and where and as what remember() keeps them. What the slice before
-- remembers counts as long as it is younger than a slice is long.
local function viewed_before(even, odd, repeat_ms, now_ms, once)
  local slice, ms = math.floor(now_ms / repeat_ms), now_ms % repeat_ms
  local hash, before = even, odd
  if slice % 2 == 1 then
    hash, before = odd, even
  end
  local here = redis.call('HMGET', hash, 's', 'n', unpack(once))
  local there = redis.call('HMGET', before, 's', 'n', unpack(once))
  if tonumber(here[1] or -1) ~= slice then
    redis.call('UNLINK', hash)
    here = {}
  end
  if tonumber(there[1] or -1) ~= slice - 1 then
    there = {}
  end
  local fresh = {}
  for i = 1, #once do
    fresh[i] = not here[i + 2] and (not there[i + 2] or tonumber(there[i + 2]) <= ms)
  end
  return {hash = hash, slice = slice, ms = ms, begins = not here[1], remembered = tonumber(here[2] or 0),
      expires = repeat_ms * 2 - ms, fresh = fresh}
end

-- Beyond the limit views are not remembered: they count even when repeated, and memory does not grow. Whoever can have
-- views counted for ~other, which are not within the limit of pages, needs no repetition to make more of them.
local function remember(viewed, once, places, within, most)
  local ms, added = string.format('%d', viewed.ms), {}
  for i = 1, #once do
    if viewed.fresh[i] and within[places[i]] then
      added[#added + 1] = once[i]
      added[#added + 1] = ms
    end
  end
  local remembered = viewed.remembered + #added / 2
  if #added > 0 and remembered <= most then
    redis.call('HSET', viewed.hash, 's', string.format('%d', viewed.slice), 'n', remembered, unpack(added))
    if viewed.begins then
      redis.call('PEXPIRE', viewed.hash, viewed.expires)
    end
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
