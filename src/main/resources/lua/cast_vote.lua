-- Records one vote, or its withdrawal, and returns the rating that contains it.
-- Called by vn.luot.live.CastVote.
--
-- KEYS[1] votes       hash    voter -> stars:revision:why held; only those not flushed yet
-- KEYS[2] rating      hash    version, 1 .. 5 (how many votes give so many stars); absent where unknown
-- KEYS[3] dirty       set     site:page with votes to flush: of the bucket
-- KEYS[4] names       hash    page -> when it was named, its path, its title
-- KEYS[5] new voters  string  how many of one network voted for the page for the first time today
-- KEYS[6] new voters  string  how many of one network voted for any page of the site for the first time today
-- KEYS[7] new pages   string  how many pages of the site were rated for the first time today
--
-- ARGV[1] site:page      ARGV[2] page        ARGV[3] voter
-- ARGV[4] stars, 0 to withdraw               ARGV[5] why a vote that is not counted yet is held, or ''
-- ARGV[6] stars PostgreSQL counts of this voter, '' where that is not known
-- ARGV[7] revision of that vote, 0 where there is none
-- ARGV[8] version of PostgreSQL's rating, '' where that is not known; ARGV[9] .. [13] its five counts
-- ARGV[14] '1' to go on although something is not known
-- ARGV[15] path of the page, or ''; a withdrawal does not name it
-- ARGV[16] .. [18] the most of KEYS[5] .. [7]   ARGV[19] seconds until these numbers are forgotten
--
-- Returns {'ask'} where something must be asked of PostgreSQL first, {'many', seconds} over the limit of
-- new voters, {'cast', why it is held or ''} where the rating is not known, else with the five counts after that.

local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]
local stars = tonumber(ARGV[4])

local function counted(stars, held)
  return held == '' and tonumber(stars) or 0
end

-- What counts of this voter now; nil where nobody here knows.
local old, old_revision = nil, 0
local live = redis.call('HGET', KEYS[1], ARGV[3])
if live then
  local s, revision, held = string.match(live, '^(%d):(%d+):(.*)$')
  old, old_revision = counted(s, held), tonumber(revision)
elseif ARGV[6] ~= '' then
  old, old_revision = tonumber(ARGV[6]), tonumber(ARGV[7])
end

local settled = redis.call('HLEN', KEYS[1]) == 0
local kept = redis.call('EXISTS', KEYS[2]) == 1

-- How many votes give so many stars; nil where nobody here knows.
local counts = nil
if kept then
  counts = redis.call('HMGET', KEYS[2], '1', '2', '3', '4', '5')
elseif settled and ARGV[8] ~= '' then
  counts = {ARGV[9], ARGV[10], ARGV[11], ARGV[12], ARGV[13]}
end
for i = 1, counts and 5 or 0 do
  counts[i] = tonumber(counts[i])
end
if (old == nil or (settled and not counts)) and ARGV[14] ~= '1' then
  return {'ask'}
end

-- A counted vote can be changed at any time; only what would begin to count is held.
local held = (old or 0) == 0 and stars > 0 and ARGV[5] or ''

local never_voted = not live and old_revision == 0
local writes = stars > 0 or not never_voted or old == nil
-- Whoever is not known to have voted is new, also where it withdraws what only PostgreSQL may know; and a page
-- whose rating nobody knows is new as well.
if never_voted and writes then
  local unrated = settled
  for i = 1, counts and 5 or 0 do
    unrated = unrated and counts[i] == 0
  end
  local limits = unrated and 3 or 2
  for i = 1, limits do
    if tonumber(redis.call('GET', KEYS[4 + i]) or 0) >= tonumber(ARGV[15 + i]) then
      return {'many', math.max(1, redis.call('TTL', KEYS[4 + i]))}
    end
  end
  for i = 1, limits do
    if redis.call('INCR', KEYS[4 + i]) == 1 then
      redis.call('EXPIRE', KEYS[4 + i], ARGV[19])
    end
  end
end

-- The rating is kept only with a vote: what strangers merely ask for would fill the memory.
if writes then
  -- Later than any revision of this voter, even by a clock that was set back.
  local revision = math.max(micros, old_revision + 1)
  redis.call('HSET', KEYS[1], ARGV[3], stars .. ':' .. string.format('%.0f', revision) .. ':' .. held)
  redis.call('SADD', KEYS[3], ARGV[1])
  if stars > 0 and ARGV[15] ~= '' then
    redis.call('HSETNX', KEYS[4], ARGV[2], math.floor(micros / 1000) .. '\n' .. ARGV[15] .. '\n')
  end
  if old == nil then
    redis.call('DEL', KEYS[2])
    counts = nil
  elseif counts then
    if old > 0 then
      counts[old] = counts[old] - 1
    end
    if counted(stars, held) > 0 then
      counts[stars] = counts[stars] + 1
    end
    if not kept then
      redis.call('HSET', KEYS[2], 'version', ARGV[8])
    end
    redis.call('HSET', KEYS[2], '1', counts[1], '2', counts[2], '3', counts[3], '4', counts[4], '5', counts[5])
    redis.call('PERSIST', KEYS[2])
  end
end

local answer = {'cast', held}
for i = 1, counts and 5 or 0 do
  answer[i + 2] = counts[i]
end
return answer
