-- Returns fields of hashes, of each as many; 0 where there is none.
-- Called by vn.luot.live.ReadRegisters.
--
-- KEYS[i]  hash  any registers of one bucket
-- ARGV           the fields of the first, of the second, ...

local values, each, at, call = {}, #ARGV / #KEYS, 0, redis.call
for i = 1, #KEYS do
  local found = call('HMGET', KEYS[i], unpack(ARGV, at + 1, at + each))
  for j = 1, each do
    at = at + 1
    values[at] = found[j] or '0'
  end
end
return values
