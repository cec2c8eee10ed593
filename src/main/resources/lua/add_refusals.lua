-- Adds refused calls to what is kept of a site. Where there is no room for another origin, the one
-- refused least, and of these the longest ago, goes to the others; a newcomer refused less often
-- than that one goes there itself. What was last refused too long ago is forgotten.
-- Called by vn.luot.admin.refusals.RefusalStore.
--
-- KEYS[1]  hash  reason and origin to times and ms of Unix time; the field ~ is that of all others
-- ARGV: the time in ms, ms to keep, origins to keep, then fields, each with how many times

local now, kept, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local times, last, known = {}, {}, 0
local stored = redis.call('HGETALL', KEYS[1])
for i = 1, #stored, 2 do
  local n, at = string.match(stored[i + 1], '^(%d+) (%d+)$')
  if tonumber(at) < now - kept then
    redis.call('HDEL', KEYS[1], stored[i])
  else
    times[stored[i]], last[stored[i]] = tonumber(n), tonumber(at)
    known = known + (stored[i] == '~' and 0 or 1)
  end
end

local function add(field, n)
  times[field], last[field] = (times[field] or 0) + n, tonumber(now)
  redis.call('HSET', KEYS[1], field, string.format('%.0f %s', times[field], now))
end

local function least()
  local found
  for field, n in pairs(times) do
    if field ~= '~' and (not found or n < times[found]
        or n == times[found] and last[field] < last[found]) then
      found = field
    end
  end
  return found
end

for i = 4, #ARGV, 2 do
  local field, n = ARGV[i], tonumber(ARGV[i + 1])
  if field ~= '~' and not times[field] then
    local out = known >= most and least()
    if not out then
      known = known + 1
    elseif times[out] > n then
      field = '~'
    else
      add('~', times[out])
      redis.call('HDEL', KEYS[1], out)
      times[out], last[out] = nil, nil
    end
  end
  add(field, n)
end
redis.call('PEXPIRE', KEYS[1], kept)
