#!lua flags=allow-oom
-- Gives votes that were cast while PostgreSQL could not be asked a revision later than PostgreSQL's, where they
-- are still the same. What is here is the voter's last word, whatever Redis's clock said.
-- Called by vn.luot.flush.FlushVotes.
--
-- KEYS[1] votes  hash  voter -> stars:revision:why held
-- ARGV    per vote: voter, what was read, what it becomes
--
-- Returns for each 1 where it became so, else 0.

local known = {}
for i = 1, #ARGV, 3 do
  local same = redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1]
  if same then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2])
  end
  known[#known + 1] = same and 1 or 0
end
return known
