-- Returns the views of each page, and the visits that began on it; 0 where there are none.
-- Called by vn.luot.live.ReadRegisters.
--
-- KEYS[i]  hash  the shard of a page: page -> views, n<page> -> visits
-- ARGV[i]        the page

local values = {}
for i = 1, #KEYS do
  local page = redis.call('HMGET', KEYS[i], ARGV[i], 'n' .. ARGV[i])
  values[2 * i - 1], values[2 * i] = page[1] or '0', page[2] or '0'
end
return values
