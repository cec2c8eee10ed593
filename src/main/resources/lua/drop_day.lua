#!lua flags=allow-oom
-- Deletes what Redis has of a site's day, unless something of it is not flushed yet.
-- Called by vn.luot.flush.DayClearing, for days that are over.
--
-- KEYS[1]  set     days of the bucket
-- KEYS[2]  set     dirty marks of the bucket
-- KEYS[3]  hash    registers of the day: v<hour>, n<hour>, b<hour> and others
-- KEYS[4]  set     dirty pages of the day
-- then whatever else the day has: deleted
-- ARGV[1]          the mark of the day
--
-- Returns 1 where it was deleted.

if redis.call('SCARD', KEYS[4]) > 0
    or redis.call('SISMEMBER', KEYS[2], ARGV[1] .. ':visitors') == 1
    or redis.call('SISMEMBER', KEYS[2], ARGV[1] .. ':referrers') == 1 then
  return 0
end
for _, field in ipairs(redis.call('HKEYS', KEYS[3])) do
  if redis.call('SISMEMBER', KEYS[2], ARGV[1] .. ':' .. string.sub(field, 2)) == 1 then
    return 0
  end
end
for i = 5, #KEYS do
  redis.call('UNLINK', KEYS[i])
end
redis.call('UNLINK', KEYS[3])
redis.call('SREM', KEYS[1], ARGV[1])
return 1
