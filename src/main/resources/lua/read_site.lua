-- Returns the live numbers of one site without changing them.
-- Called by vn.luot.live.ReadSite. Stands behind ring.lua and online.lua; record_hits.lua describes the keys.
--
-- KEYS[1] epoch     hash    history, epoch, previous, emptied (ms)
-- KEYS[2] state     string  of the site: see state.lua
-- KEYS[3] ring      string  how many were last seen in each second of the window
-- KEYS[4] visitors  HLL     distinct visitors of the day
-- KEYS[5] day       hash    views and visits of the day
-- then a shard of pages (hash: page -> views) for each page
--
-- ARGV: epoch, valid from, valid until (ms), online window (s), then per page: its key
--
-- Returns {epoch, the one before or 0, now in ms} and, where epoch and time are those expected,
-- online, visitors, views, visits of the day, then per page its views. Online is -1 - n where n are
-- known, and who came before this Redis was emptied may still be there.

local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'epoch', 'previous', 'emptied')
local epoch = known[1] or '0'
local answer = {epoch, known[2] or '0', now_ms}
if epoch ~= ARGV[1] or now_ms < tonumber(ARGV[2]) or now_ms >= tonumber(ARGV[3]) then
  return answer
end

local day = redis.call('HMGET', KEYS[5], 'views', 'visits')
local forgot = not known[1] or tonumber(known[3] or 0) > now_ms - ARGV[4] * 1000
answer[4] = still_online(KEYS[2], KEYS[3], tonumber(time[1]), forgot)
answer[5] = redis.call('PFCOUNT', KEYS[4])
answer[6] = day[1] or '0'
answer[7] = day[2] or '0'
for i = 5, #ARGV do
  answer[i + 3] = redis.call('HGET', KEYS[i + 1], ARGV[i]) or '0'
end
return answer
