-- Tries every command that Luot calls, by the rights of its Redis user, and returns the names of those it may not call or
-- that this Redis does not have. Called by vn.luot.check.RedisCheck.
--
-- KEYS[1]  of any type, and of no use: gone when this ends

local TRIED = {
  {'INFO', 'replication'}, {'TIME'}, {'DEL', KEYS[1]}, {'PFADD', KEYS[1], 'a'}, {'PFCOUNT', KEYS[1]},
  {'PFMERGE', KEYS[1], KEYS[1]}, {'SET', KEYS[1], '1'}, {'GET', KEYS[1]}, {'MGET', KEYS[1]}, {'MSET', KEYS[1], '1'},
  {'SETBIT', KEYS[1], '1', '1'}, {'BITFIELD', KEYS[1], 'GET', 'u8', '0'}, {'BITFIELD_RO', KEYS[1], 'GET', 'u8', '0'},
  {'EXISTS', KEYS[1]}, {'EXPIRE', KEYS[1], '9'},
  {'PEXPIRE', KEYS[1], '9'}, {'PERSIST', KEYS[1]}, {'PTTL', KEYS[1]}, {'UNLINK', KEYS[1]}, {'HSET', KEYS[1], 'a', '1'},
  {'HSETNX', KEYS[1], 'a', '1'}, {'HGET', KEYS[1], 'a'}, {'HMGET', KEYS[1], 'a'}, {'HGETALL', KEYS[1]}, {'HVALS', KEYS[1]},
  {'HKEYS', KEYS[1]}, {'HLEN', KEYS[1]}, {'HEXISTS', KEYS[1], 'a'}, {'HINCRBY', KEYS[1], 'a', '1'},
  {'HSCAN', KEYS[1], '0'}, {'HDEL', KEYS[1], 'a'}, {'SADD', KEYS[1], 'a'}, {'SISMEMBER', KEYS[1], 'a'}, {'SCARD', KEYS[1]},
  {'SMEMBERS', KEYS[1]}, {'SUNION', KEYS[1]}, {'SSCAN', KEYS[1], '0'}, {'SREM', KEYS[1], 'a'}}

-- How Redis 7.0, and later ones, begin to say so; anything else that fails has nothing to do with rights.
local REFUSALS = {"NOPERM", "The user executing the script", "Unknown Redis command"}

local missing = {}
for _, command in ipairs(TRIED) do
  local answer = redis.pcall(unpack(command))
  local failure = type(answer) == 'table' and answer.err or ''
  for _, refusal in ipairs(REFUSALS) do
    if string.find(failure, refusal, 1, true) then
      missing[#missing + 1] = command[1]
      break
    end
  end
end
return missing
