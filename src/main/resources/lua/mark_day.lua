-- Marks registers of a day dirty, as if they had changed, so that they are flushed once more.
-- Called by vn.luot.flush.FlushAgain.
--
-- KEYS[1]  set     dirty marks of the bucket
-- KEYS[2]  set     days of the bucket
-- KEYS[3]  hash    registers of the day: a letter, and what they are of, which no other field begins like
-- KEYS[4]  set     dirty pages of the day
-- KEYS[5]  HLL     the day's visitors
-- KEYS[6]  hash    the day's referrers
-- then     hashes  shards of pages: page -> views, n<page> -> visits
-- ARGV[1]          the mark of the day
--
-- Returns how many pages were marked, or -1 where the day is gone from Redis meanwhile.

local AT_ONCE = 1000 -- what unpack can take

local mark = ARGV[1]
if redis.call('SISMEMBER', KEYS[2], mark) == 0 then
  return -1
end

local marked = 0
for i = 7, #KEYS do
  local pages, known = {}, {}
  for _, field in ipairs(redis.call('HKEYS', KEYS[i])) do
    local page = string.match(field, '^n?(-?%d+)$')
    if page and not known[page] then
      pages[#pages + 1], known[page] = page, true
    end
  end
  for from = 1, #pages, AT_ONCE do
    redis.call('SADD', KEYS[4], unpack(pages, from, math.min(from + AT_ONCE - 1, #pages)))
  end
  marked = marked + #pages
end
for _, field in ipairs(redis.call('HKEYS', KEYS[3])) do
  local register = string.match(field, '^%l([%d%u].*)$')
  if register then
    redis.call('SADD', KEYS[1], mark .. ':' .. register)
  end
end
if redis.call('EXISTS', KEYS[5]) == 1 then
  redis.call('SADD', KEYS[1], mark .. ':visitors')
end
if redis.call('EXISTS', KEYS[6]) == 1 then
  redis.call('SADD', KEYS[1], mark .. ':referrers')
end
return marked
