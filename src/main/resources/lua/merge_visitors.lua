#!lua flags=allow-oom
-- Merges a day's distinct visitors with what PostgreSQL has of them, and returns the result. A day that was dropped
-- meanwhile does not come back.
-- Called by vn.luot.flush.FlushVisitors.
--
-- KEYS[1]  HLL  the day's visitors
-- KEYS[2]  HLL  only lives here
-- ARGV[1]       PostgreSQL's bytes of it, or ''
--
-- Returns {number of visitors, bytes}.

local merged = KEYS[1]
if ARGV[1] ~= '' then
  redis.call('SET', KEYS[2], ARGV[1])
  if redis.call('EXISTS', KEYS[1]) == 1 then
    redis.call('PFMERGE', KEYS[1], KEYS[2])
  else
    merged = KEYS[2]
  end
end
local result = {redis.call('PFCOUNT', merged), redis.call('GET', merged) or ''}
redis.call('DEL', KEYS[2])
return result
