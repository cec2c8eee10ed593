-- Returns one field of each hash; 0 where it does not exist.
-- Called by vn.luot.live.ReadRegisters.
--
-- KEYS[i]  hash  any registers of one bucket
-- ARGV[i]        the field

local values = {}
for i = 1, #KEYS do
  values[i] = redis.call('HGET', KEYS[i], ARGV[i]) or '0'
end
return values
