#!lua flags=allow-oom
-- Forgets that a day's distinct visitors are dirty, where they are still what was flushed, or there are none any more.
-- Called by vn.luot.flush.FlushVisitors.
--
-- KEYS[1]  set  dirty marks of the bucket
-- KEYS[2]  HLL  the day's visitors
-- ARGV: the mark, the bytes flushed

local now = redis.call('GET', KEYS[2])
if not now or now == ARGV[2] then
  redis.call('SREM', KEYS[1], ARGV[1])
end
