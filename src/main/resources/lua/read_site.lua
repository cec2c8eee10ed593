-- Returns the live numbers of one site without changing them.
-- Called by vn.luot.live.ReadSite.
--
-- KEYS[1] epoch     hash    history, epoch, previous, emptied (ms): of the bucket
-- KEYS[2] presence  zset    visitor -> last seen, in seconds
-- KEYS[3] visitors  HLL     distinct visitors of the day
-- KEYS[4] day       hash    views and visits of the day
-- then a shard of pages (hash: page -> views) for each page
--
-- ARGV: epoch, valid from, valid until (ms), online window (s), then per page: its key
--
-- Returns {epoch, the one before or 0, now in ms} and, where epoch and time are those expected,
-- online, visitors, views, visits of the day, then per page its views. Online is -1 - n where n are
-- known, and who came before this Redis was emptied may still be there.

local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
local stored = redis.call('HMGET', KEYS[1], 'epoch', 'previous', 'emptied')
local epoch = stored[1] or '0'
local answer = {epoch, stored[2] or '0', now_ms}
if epoch ~= ARGV[1] or now_ms < tonumber(ARGV[2]) or now_ms >= tonumber(ARGV[3]) then
  return answer
end

local day = redis.call('HMGET', KEYS[4], 'views', 'visits')
local online = redis.call('ZCOUNT', KEYS[2], time[1] - ARGV[4], '+inf')
local forgot = not stored[1] or tonumber(stored[3] or 0) > now_ms - ARGV[4] * 1000
answer[4] = forgot and -1 - online or online
answer[5] = redis.call('PFCOUNT', KEYS[3])
answer[6] = day[1] or '0'
answer[7] = day[2] or '0'
for i = 5, #ARGV do
  answer[i + 3] = redis.call('HGET', KEYS[i], ARGV[i]) or '0'
end
return answer
