#!lua flags=allow-oom
-- Leaves the mark of a flush that begins. Called by vn.luot.flush.day.FlushMarks.
--
-- KEYS[1]  hash    epoch
-- KEYS[2]  string  the last marks, newest first, each with a blank behind it; any, where PostgreSQL may have any mark
-- ARGV[1]          the mark
--
-- Returns {the epoch, or '' where there is none; the marks before}.

local MOST = 1000 -- bytes

local marks = redis.call('GET', KEYS[2]) or ''
redis.call('SET', KEYS[2], string.sub(ARGV[1] .. ' ' .. string.gsub(marks, 'any ', ''), 1, MOST))
return {redis.call('HGET', KEYS[1], 'epoch') or '', marks}
