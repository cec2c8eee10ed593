#!lua flags=allow-oom
-- Deletes the votes of a page that were flushed, where they are still the same; when none is left,
-- PostgreSQL's rating takes the place of the live one.
-- Called by vn.luot.flush.FlushVotes.
--
-- KEYS[1] votes   hash  voter -> stars:revision:why held
-- KEYS[2] rating  hash  version, 1 .. 5
-- KEYS[3] dirty   set   site:page with votes to flush: of the bucket
-- ARGV[1] site:page   ARGV[2] seconds a settled rating is kept
-- ARGV[3] version and ARGV[4] .. [8] counts of PostgreSQL's rating, read after the flush
-- then per vote: voter, what was flushed

for i = 9, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    redis.call('HDEL', KEYS[1], ARGV[i])
  end
end
if redis.call('HLEN', KEYS[1]) == 0 then
  redis.call('SREM', KEYS[3], ARGV[1])
  -- Another flusher may have come later and confirmed earlier.
  if tonumber(ARGV[3]) >= tonumber(redis.call('HGET', KEYS[2], 'version') or -1) then
    redis.call('HSET', KEYS[2], 'version', ARGV[3],
        '1', ARGV[4], '2', ARGV[5], '3', ARGV[6], '4', ARGV[7], '5', ARGV[8])
  end
  redis.call('EXPIRE', KEYS[2], ARGV[2])
end
