#!lua flags=allow-oom
-- Merges a day's distinct visitors with what PostgreSQL has of them, and returns the result.
-- Called by vn.luot.flush.FlushVisitors.
--
-- KEYS[1]  HLL  the day's visitors
-- KEYS[2]  HLL  only lives here
-- ARGV[1]       PostgreSQL's bytes of it, or ''
--
-- Returns {number of visitors, bytes}.

if ARGV[1] ~= '' then
  redis.call('SET', KEYS[2], ARGV[1])
  redis.call('PFMERGE', KEYS[1], KEYS[2])
  redis.call('DEL', KEYS[2])
end
return {redis.call('PFCOUNT', KEYS[1]), redis.call('GET', KEYS[1]) or ''}
