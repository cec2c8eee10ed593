#!lua flags=allow-oom
-- Forgets that fields are dirty, where they still have the value that was flushed.
-- Called by vn.luot.flush.Confirm.
--
-- KEYS[1]        set   dirty fields
-- KEYS[1 + i]    hash  where the field lies: page -> views
-- ARGV[2i - 1]         field
-- ARGV[2i]             the value flushed

for i = 1, #KEYS - 1 do
  if redis.call('HGET', KEYS[1 + i], ARGV[2 * i - 1]) == ARGV[2 * i] then
    redis.call('SREM', KEYS[1], ARGV[2 * i - 1])
  end
end
