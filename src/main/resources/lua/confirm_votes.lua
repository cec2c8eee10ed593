#!lua flags=allow-oom
-- Deletes the votes of a page that were flushed, where they are still the same; when none is left,
-- PostgreSQL's rating takes the place of the live one.
-- Called by vn.luot.flush.FlushVotes.
--
-- KEYS[1] votes   hash    voter -> stars:revision:why held
-- KEYS[2] rating  hash    settled (a stamp), 1 .. 5
-- KEYS[3] dirty   set     site:page with votes to flush: of the bucket
-- KEYS[4] from    string  see ratings_from.lua: of the bucket
-- KEYS[5] epoch   hash
-- ARGV[1] site:page   ARGV[2] seconds a settled rating is kept
-- ARGV[3] the rating's stamp, read before ARGV[4] .. [8], the counts of PostgreSQL's rating
-- then per vote: voter, what was flushed
--
-- Returns the stamp to call it with for the rest of what was flushed.

local stamp = redis.call('HGET', KEYS[2], 'settled') or ''
local time = redis.call('TIME')
local from = math.max(tonumber(redis.call('GET', KEYS[4]) or 0), (redis.call('HGET', KEYS[5], 'opened') or 0) * 1000)
local next_stamp = string.format('%.0f', math.max(time[1] * 1000000 + time[2], from, (tonumber(stamp) or 0) + 1))
local deleted = false
for i = 9, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    redis.call('HDEL', KEYS[1], ARGV[i])
    deleted = true
  end
end
local last = redis.call('HLEN', KEYS[1]) == 0
if last and stamp == ARGV[3] then
  redis.call('SREM', KEYS[3], ARGV[1])
  redis.call('HSET', KEYS[2], 'settled', next_stamp,
      '1', ARGV[4], '2', ARGV[5], '3', ARGV[6], '4', ARGV[7], '5', ARGV[8])
  redis.call('EXPIRE', KEYS[2], ARGV[2])
  return next_stamp
end
if last then
  -- Somebody settled votes since the counts were read: they may lack them. The next flush reads anew.
  redis.call('SADD', KEYS[3], ARGV[1])
end
if deleted and stamp ~= '' then
  redis.call('HSET', KEYS[2], 'settled', next_stamp)
  return stamp == ARGV[3] and next_stamp or ARGV[3]
end
return ARGV[3]
