#!lua flags=allow-oom
-- Forgets that a day's distinct visitors are dirty, where they are still what was flushed.
-- Called by vn.luot.flush.FlushVisitors.
--
-- KEYS[1]  set  dirty marks of the bucket
-- KEYS[2]  HLL  the day's visitors
-- ARGV: the mark, the bytes flushed

if (redis.call('GET', KEYS[2]) or '') == ARGV[2] then
  redis.call('SREM', KEYS[1], ARGV[1])
end
