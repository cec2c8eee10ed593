#!lua flags=allow-oom
-- Runs one command that a Redis without free memory would refuse: a flush begins with it, and a flush frees memory.
-- Called by vn.luot.flush.
--
-- KEYS[1]  what the command changes
-- ARGV[1]  the command, and behind it what follows the key
--
-- Returns what the command returns.

return redis.call(ARGV[1], KEYS[1], unpack(ARGV, 2))
