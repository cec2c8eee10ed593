#!lua flags=allow-oom
-- Forgets that a day's referrers are dirty, where they are still what was flushed.
-- Called by vn.luot.flush.FlushReferrers.
--
-- KEYS[1]  set   dirty marks of the bucket
-- KEYS[2]  hash  host -> views
-- ARGV: the mark, the sum of the views flushed; views only grow, so an equal sum means equal views

local sum = 0
for _, views in ipairs(redis.call('HVALS', KEYS[2])) do
  sum = sum + tonumber(views)
end
if sum == tonumber(ARGV[2]) then
  redis.call('SREM', KEYS[1], ARGV[1])
end
