#!lua flags=allow-oom
-- Merges two sets of distinct visitors that PostgreSQL keeps, and leaves nothing here.
-- Called by vn.luot.admin.quarantine.AdmittedVisitors.
--
-- KEYS[1]  HLL  only lives here
-- KEYS[2]  HLL  only lives here
-- ARGV[1]       the bytes of one
-- ARGV[2]       the bytes of the other
--
-- Returns {number of visitors, bytes}.

redis.call('SET', KEYS[1], ARGV[1])
redis.call('SET', KEYS[2], ARGV[2])
redis.call('PFMERGE', KEYS[1], KEYS[2])
local merged = {redis.call('PFCOUNT', KEYS[1]), redis.call('GET', KEYS[1])}
redis.call('DEL', KEYS[1], KEYS[2])
return merged
