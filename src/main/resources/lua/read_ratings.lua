-- Returns the live ratings of pages.
-- Called by vn.luot.live.ReadRatings.
--
-- KEYS[2i - 1] rating  hash  version, 1 .. 5; absent where unknown
-- KEYS[2i]     votes   hash  voter -> vote not flushed yet
--
-- Returns for each page its five counts, or one number: 0 where PostgreSQL knows them, -1 where nobody does until votes
-- cast while PostgreSQL was down are flushed. Nothing at all where PostgreSQL knows all of them.

-- Most pages have no rating here, and most lists none: one command instead of two for each page.
local answer = {}
if redis.call('EXISTS', unpack(KEYS)) == 0 then
  return answer
end
for i = 1, #KEYS, 2 do
  if redis.call('EXISTS', KEYS[i]) == 1 then
    local counts = redis.call('HMGET', KEYS[i], '1', '2', '3', '4', '5')
    for stars = 1, 5 do
      counts[stars] = tonumber(counts[stars] or 0)
    end
    answer[#answer + 1] = counts
  else
    answer[#answer + 1] = -redis.call('EXISTS', KEYS[i + 1])
  end
end
return answer
