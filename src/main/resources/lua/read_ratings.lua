-- Returns the live ratings of pages.
-- Called by vn.luot.live.record.ReadRatings. Stands behind ratings_from.lua.
--
-- KEYS[1]     dirty   set   site:page with votes not flushed yet: of the bucket
-- KEYS[2]     from    string  see ratings_from.lua: of the bucket
-- KEYS[3]     epoch   hash
-- KEYS[3 + i] rating  hash  settled (a stamp), 1 .. 5; absent where unknown
-- ARGV[1]     the site, ARGV[1 + i] the page
--
-- Returns for each page its five counts, or one number: 0 where PostgreSQL knows them, -1 where nobody does until votes
-- cast while PostgreSQL was down are flushed. Nothing at all where PostgreSQL knows all of them.

-- Most pages have no rating here, and most lists none: two commands instead of two for each page.
local answer = {}
local waiting = redis.call('SCARD', KEYS[1]) > 0
if not waiting and redis.call('EXISTS', unpack(KEYS, 4)) == 0 then
  return answer
end
local from = ratings_from(KEYS[2], KEYS[3])
for i = 4, #KEYS do
  local counts = redis.call('HMGET', KEYS[i], '1', '2', '3', '4', '5', 'settled')
  if counts[1] and (tonumber(counts[6]) or 0) >= from then
    for stars = 1, 5 do
      counts[stars] = tonumber(counts[stars] or 0)
    end
    counts[6] = nil
    answer[#answer + 1] = counts
  else
    answer[#answer + 1] = waiting and -redis.call('SISMEMBER', KEYS[1], ARGV[1] .. ':' .. ARGV[i - 2]) or 0
  end
end
return answer
