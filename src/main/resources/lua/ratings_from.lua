-- The stamp (microseconds of Unix time) from which the ratings that Redis keeps are right. Part of read_ratings.lua
-- and cast_vote.lua; confirm_votes.lua, which begins with its flags, has it too.
--
-- Before it, PostgreSQL was replaced (the key of the bucket says when) or another epoch began: then what Redis holds may
-- be older than what it had confirmed.
local function ratings_from(replaced, epoch)
  return math.max(tonumber(redis.call('GET', replaced) or 0), (redis.call('HGET', epoch, 'opened') or 0) * 1000)
end

