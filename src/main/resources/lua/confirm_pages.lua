#!lua flags=allow-oom
-- Forgets that pages are dirty, where their registers still have the values that were flushed.
-- Called by vn.luot.flush.Confirm, with so few pages that they are arguments of one command: see vn.luot.live.Pieces.
--
-- KEYS[1]        set   dirty pages of the day
-- KEYS[1 + i]    hash  the shard of a page: page -> views, n<page> -> visits
-- ARGV[3i - 2]         page
-- ARGV[3i - 1]         views flushed
-- ARGV[3i]             visits flushed

local unchanged = {}
for i = 1, #KEYS - 1 do
  local page = ARGV[3 * i - 2]
  local now = redis.call('HMGET', KEYS[1 + i], page, 'n' .. page)
  if (now[1] or '0') == ARGV[3 * i - 1] and (now[2] or '0') == ARGV[3 * i] then
    unchanged[#unchanged + 1] = page
  end
end
if #unchanged > 0 then
  redis.call('SREM', KEYS[1], unpack(unchanged))
end
