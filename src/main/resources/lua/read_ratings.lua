-- Returns the live ratings of pages.
-- Called by vn.luot.live.ReadRatings.
--
-- KEYS[2i - 1] rating  hash  version, 1 .. 5; absent where unknown
-- KEYS[2i]     votes   hash  voter -> vote not flushed yet
--
-- Returns for each page six numbers: 1 and its five counts; 0 where PostgreSQL knows them; -1 where
-- nobody does until votes cast while PostgreSQL was down are flushed.

local answer = {}
for i = 1, #KEYS, 2 do
  local counts = redis.call('HMGET', KEYS[i], '1', '2', '3', '4', '5')
  local state = counts[1] and 1 or redis.call('HLEN', KEYS[i + 1]) > 0 and -1 or 0
  answer[#answer + 1] = state
  for j = 1, 5 do
    answer[#answer + 1] = tonumber(counts[j] or 0)
  end
end
return answer
