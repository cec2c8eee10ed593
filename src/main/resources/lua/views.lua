-- Which views are repeated, and where they came from. Part of record_hits.lua, which has its keys and arguments
-- described.

-- Which of the views that may be repeated are not. What the slice before remembers counts as long as it is younger than
-- a slice is long. Also returns whether this is the slice's first batch.
local function not_repeated(viewed, before, slice, ms, first, count)
  local here = redis.call('HMGET', viewed, 's', unpack(ARGV, first, first + count - 1))
  local there = redis.call('HMGET', before, 's', unpack(ARGV, first, first + count - 1))
  if tonumber(here[1] or -1) ~= slice then
    redis.call('UNLINK', viewed)
    here = {}
  end
  if tonumber(there[1] or -1) ~= slice - 1 then
    there = {}
  end
  local fresh = {}
  for i = 1, count do
    fresh[i] = not here[i + 1] and tonumber(there[i + 1] or -1) <= ms
  end
  return fresh, not here[1]
end

-- Beyond the limit views are not remembered: they count even when repeated, and memory does not grow.
local function remember(viewed, slice, begins, expires, views, most)
  if #views > 0 and redis.call('HLEN', viewed) + #views / 2 <= most then
    redis.call('HSET', viewed, 's', slice, unpack(views))
    if begins then
      redis.call('PEXPIRE', viewed, expires)
    end
  end
end

local function add_referrers(referrers, first, count, views, most)
  local known = redis.call('HLEN', referrers)
  for i = 1, count do
    local host, n = ARGV[first + i * 2 - 2], tonumber(ARGV[first + i * 2 - 1]) + (views[i] or 0)
    if n > 0 then
      if known >= most and redis.call('HEXISTS', referrers, host) == 0 then
        host = '~other'
      end
      if redis.call('HINCRBY', referrers, host, n) == n then
        known = known + 1
      end
    end
  end
end
