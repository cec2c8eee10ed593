#!lua flags=allow-oom
-- Deletes what Redis has of a site's day, unless something of it is not flushed yet: its shards in several calls, and in
-- a last one the rest. Called by vn.luot.flush.DayClearing, for days that are over.
--
-- KEYS[1]  set     days of the bucket
-- KEYS[2]  set     dirty marks of the bucket
-- KEYS[3]  hash    registers of the day: v<hour>, n<hour>, b<hour> and others
-- KEYS[4]  set     dirty pages of the day
-- then shards; or in the last call:
-- KEYS[5]  bitmap  which shards of the day exist
-- KEYS[6]  hash    referrers of the day
-- KEYS[7]  HLL     distinct visitors of the day, which are those of all its epochs
-- ARGV[1]          the mark of the day
-- then in the last call the dirty marks of its visitors, one for each epoch of the day
--
-- Returns 1 where it was deleted.

local function is_dirty(mark)
  return redis.call('SISMEMBER', KEYS[2], mark) == 1
end

if redis.call('SCARD', KEYS[4]) > 0 or is_dirty(ARGV[1] .. ':visitors') or is_dirty(ARGV[1] .. ':referrers') then
  return 0
end
for _, field in ipairs(redis.call('HKEYS', KEYS[3])) do
  if is_dirty(ARGV[1] .. ':' .. string.sub(field, 2)) then
    return 0
  end
end
if #ARGV == 1 then
  for i = 5, #KEYS do
    redis.call('UNLINK', KEYS[i])
  end
  return 1
end
local visitors_wait = false
for i = 2, #ARGV do
  visitors_wait = visitors_wait or is_dirty(ARGV[i])
end
if not visitors_wait then
  redis.call('UNLINK', KEYS[7])
end
redis.call('UNLINK', KEYS[3], KEYS[5], KEYS[6])
redis.call('SREM', KEYS[1], ARGV[1])
return 1
