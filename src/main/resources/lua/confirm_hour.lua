#!lua flags=allow-oom
-- Forgets that an hour is dirty, where it still has the values that were flushed and nothing else
-- of its day waits for a flush.
-- Called by vn.luot.flush.Confirm.
--
-- KEYS[1]  set   dirty marks of the bucket
-- KEYS[2]  hash  registers of the day: v<hour>, n<hour>, b<hour>
-- KEYS[3]  set   dirty pages of the day
-- KEYS[4]  hash  names of pages not flushed
-- ARGV: the mark of the hour, the hour, views, visits and robots' hits flushed

local now = redis.call('HMGET', KEYS[2], 'v' .. ARGV[2], 'n' .. ARGV[2], 'b' .. ARGV[2])
if (now[1] or '0') == ARGV[3] and (now[2] or '0') == ARGV[4] and (now[3] or '0') == ARGV[5]
    and redis.call('SCARD', KEYS[3]) == 0 and redis.call('HLEN', KEYS[4]) == 0 then
  redis.call('SREM', KEYS[1], ARGV[1])
end
