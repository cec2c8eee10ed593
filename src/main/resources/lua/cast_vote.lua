-- Records one vote, or its withdrawal, and returns the rating that contains it.
-- Called by vn.luot.live.record.CastVote. Stands behind ratings_from.lua.
--
-- KEYS[1] votes     hash    voter -> stars:revision:why held; only those not flushed yet; a revision with ? is not
--                           known to be later than PostgreSQL's
-- KEYS[2] rating    hash    settled (a stamp), 1 .. 5 (how many votes give so many stars); absent where unknown
-- KEYS[3] dirty     set     site:page with votes to flush: of the bucket
-- KEYS[4] names     hash    page -> when it was named, its path, its title
-- KEYS[5] day       string  how many new votes came today, in 3 rows of numbers of 16 bits (a count-min sketch:
--                           Cormode and Muthukrishnan 2005): never too few, and of one size whatever comes
-- KEYS[6] minute    string  the same of this minute
-- KEYS[7] summed    hash    stars -> how many votes were neither counted nor kept
-- KEYS[8] from      string  see ratings_from.lua: of the bucket
-- KEYS[9] epoch     hash    installation: whose this Redis is; opened
--
-- ARGV[1] site:page      ARGV[2] page        ARGV[3] voter
-- ARGV[4] stars, 0 to withdraw               ARGV[5] why a vote that is not counted yet is held, or ''
-- ARGV[6] stars PostgreSQL counts of this voter, '' where that is not known
-- ARGV[7] revision of that vote, 0 where there is none, '' where that is not known; ARGV[8] why it is held, or ''
-- ARGV[9] .. [13] the five counts of PostgreSQL's rating, '' where they are not known
-- ARGV[14] the stamp that was answered when PostgreSQL had to be asked; * where nobody can have voted meanwhile
-- ARGV[15] '1' to go on although something is not known
-- ARGV[16] path of the page, or ''; a withdrawal does not name it
-- ARGV[17] how many shares follow; each: 5 or 6 (its key), the most of it, three places; first those that a vote
-- must have to be counted, then, with ARGV[18] as their number, those it must have to be held one by one
-- the last: the installation
--
-- Returns {'ask', stamp} where something must be asked of PostgreSQL first, {'many'} beyond all shares where it is
-- not known whether the voter has a vote; else {'cast', why it is held or ''} where the rating is not known, and with
-- the five counts after that where it is. Held as 'summed': not kept, only its stars are added up.

local KEPT_DAYS, MINUTES, SUMMED_DAYS = 2, 2, 30
local owner = redis.call('HGET', KEYS[9], 'installation')
if owner and owner ~= ARGV[#ARGV] then
  return redis.error_reply('ANOTHERS this Redis belongs to the installation ' .. owner)
end
local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]
local stars = tonumber(ARGV[4])
local from = ratings_from(KEYS[8], KEYS[9])

local function counted(stars, held)
  return held == '' and tonumber(stars) or 0
end

local settled = redis.call('HLEN', KEYS[1]) == 0
local stamp = redis.call('HGET', KEYS[2], 'settled') or ''
local kept = redis.call('EXISTS', KEYS[2]) == 1 and (tonumber(stamp) or 0) >= from

-- What PostgreSQL said before votes were settled may lack them.
local asked = ARGV[14] == '*' or ARGV[14] == stamp

-- What counts of this voter now; nil where nobody here knows. Nor is the revision where it is nil.
local old, old_revision, was, doubtful = nil, nil, '', '?'
local live = redis.call('HGET', KEYS[1], ARGV[3])
if live then
  local s, revision, doubt, held = string.match(live, '^(%d):(%d+)(%??):(.*)$')
  old, old_revision, was, doubtful = counted(s, held), tonumber(revision), held, doubt
elseif asked and ARGV[6] ~= '' then
  old, old_revision, was = tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8]
  doubtful = old_revision and '' or '?'
end

-- How many votes give so many stars; nil where nobody here knows.
local counts = nil
if kept then
  counts = redis.call('HMGET', KEYS[2], '1', '2', '3', '4', '5')
elseif settled and asked and ARGV[9] ~= '' then
  counts = {ARGV[9], ARGV[10], ARGV[11], ARGV[12], ARGV[13]}
end
for i = 1, counts and 5 or 0 do
  counts[i] = tonumber(counts[i])
end
if (old == nil or (settled and not counts)) and ARGV[15] ~= '1' then
  return {'ask', stamp}
end

-- Takes all of the shares, or none of them.
local function take(first, shares)
  local last = first + 5 * shares - 1
  for i = first, last, 5 do
    local found = redis.call('BITFIELD', KEYS[tonumber(ARGV[i])], 'GET', 'u16', '#' .. ARGV[i + 2],
        'GET', 'u16', '#' .. ARGV[i + 3], 'GET', 'u16', '#' .. ARGV[i + 4])
    if math.min(found[1], found[2], found[3]) >= tonumber(ARGV[i + 1]) then
      return false
    end
  end
  for i = first, last, 5 do
    local key = tonumber(ARGV[i])
    redis.call('BITFIELD', KEYS[key], 'OVERFLOW', 'SAT', 'INCRBY', 'u16', '#' .. ARGV[i + 2], 1,
        'INCRBY', 'u16', '#' .. ARGV[i + 3], 1, 'INCRBY', 'u16', '#' .. ARGV[i + 4], 1)
    redis.call('EXPIRE', KEYS[key], key == 5 and KEPT_DAYS * 86400 or MINUTES * 60)
  end
  return true
end

-- A counted vote can be changed at any time; only what would begin to count is held. A vote that was held for its
-- network stays so until it finds a share, also where it was withdrawn meanwhile.
local begins = (old or 0) == 0 and stars > 0
local held = begins and (was == 'removed' and was or ARGV[5]) or ''
local never_voted = not live and (old_revision or 0) == 0
local writes = stars > 0 or not never_voted or old == nil
if stars == 0 and was == 'network' then
  held = was
elseif writes and (never_voted or begins and was == 'network') then
  local to_count, to_hold = tonumber(ARGV[17]), tonumber(ARGV[18])
  if held == '' and not take(19, to_count) then
    held = 'network'
  end
  if held ~= '' and never_voted and (stars == 0 or not take(19 + 5 * to_count, to_hold)) then
    if old == nil then
      return {'many'}
    end
    redis.call('HINCRBY', KEYS[7], ARGV[4], 1)
    redis.call('EXPIRE', KEYS[7], SUMMED_DAYS * 86400)
    held, writes = 'summed', false
  end
end

-- The rating is kept only with a vote: what strangers merely ask for would fill the memory.
if writes then
  -- Later than any revision of this voter that is known here, even by a clock that was set back.
  local revision = math.max(micros, (old_revision or 0) + 1)
  redis.call('HSET', KEYS[1], ARGV[3], stars .. ':' .. string.format('%.0f', revision) .. doubtful .. ':' .. held)
  redis.call('SADD', KEYS[3], ARGV[1])
  if stars > 0 and ARGV[16] ~= '' then
    redis.call('HSETNX', KEYS[4], ARGV[2], math.floor(micros / 1000) .. '\n' .. ARGV[16] .. '\n')
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
      redis.call('HSET', KEYS[2], 'settled', string.format('%.0f', math.max(micros, from)))
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
