-- Returns how many visitors are online in each of some sites, as read_site.lua does for one.
-- Called by vn.luot.live.ReadSite. Stands behind ring.lua and online.lua; record_hits.lua describes the keys.
--
-- KEYS[1] epoch  hash  history, epoch, previous, emptied (ms)
-- then per site: its state and its ring
--
-- ARGV: per site its online window (s)

local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'epoch', 'emptied')
local answer = {}
for i = 1, #ARGV do
  local forgot = not known[1] or tonumber(known[2] or 0) > now_ms - ARGV[i] * 1000
  answer[i] = still_online(KEYS[2 * i], KEYS[2 * i + 1], tonumber(time[1]), forgot)
end
return answer
