#!lua flags=allow-oom
-- Deletes the names of pages that were flushed, where they are still the same.
-- Called by vn.luot.flush.FlushNames.
--
-- KEYS[1]        hash  names: page, or page:number of the day and a network -> its name
-- ARGV[2i - 1]         field of it
-- ARGV[2i]             the name flushed

for i = 1, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    redis.call('HDEL', KEYS[1], ARGV[i])
  end
end
