#!lua flags=allow-oom
-- Deletes what Redis has of a site's day, unless something of it is not flushed yet: its shards in several calls, and in
-- a last one the rest. Called by vn.luot.flush.DayClearing, for days that are over.
--
-- KEYS[1]  set     days of the bucket
-- KEYS[2]  set     dirty marks of the bucket
-- KEYS[3]  hash    registers of the day: by hour, one letter before it, and others
-- KEYS[4]  set     dirty pages of the day
-- KEYS[5]  hash    the epoch: history, dropped
-- then shards; or in the last call:
-- KEYS[6]  bitmap  which shards of the day exist
-- KEYS[7]  hash    referrers of the day
-- KEYS[8]  HLL     distinct visitors of the day, which are those of all its epochs
-- ARGV[1]          the mark of the day
-- ARGV[2]          from when on it may be dropped (ms)
-- ARGV[3]          '1' to drop it before as well: then another epoch begins, since its registers could be opened again
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
local time = redis.call('TIME')
if tonumber(time[1]) * 1000 >= tonumber(ARGV[2]) then
  -- Should this clock be ahead, it goes back one day.
  local before = redis.call('HGET', KEYS[5], 'dropped')
  if tonumber(before or 0) < tonumber(ARGV[2]) then
    redis.call('HSET', KEYS[5], 'dropped', ARGV[2])
  end
elseif ARGV[3] == '1' then
  redis.call('HSET', KEYS[5], 'history', 'a day was dropped early')
else
  return 0
end
if #ARGV == 3 then
  for i = 6, #KEYS do
    redis.call('UNLINK', KEYS[i])
  end
  return 1
end
local visitors_wait = false
for i = 4, #ARGV do
  visitors_wait = visitors_wait or is_dirty(ARGV[i])
end
if not visitors_wait then
  redis.call('UNLINK', KEYS[8])
end
redis.call('UNLINK', KEYS[3], KEYS[6], KEYS[7])
redis.call('SREM', KEYS[1], ARGV[1])
return 1
