-- Counts one batch of hits exactly once and returns what the numbers now are.
-- Called by vn.luot.live.RecordHits, which builds what is described here.
--
-- KEYS[1]          string  last sequence of the writer
-- then per site:
--   epoch          hash    history, epoch, previous, opened, emptied (both ms): of the bucket
--   dirty          set     what a flush must take: day mark:hour, day mark:visitors; of the bucket
--   days           set     every day of every site that has registers: of the bucket
--   presence       zset    visitor -> last seen, in seconds; .5 added while a visitor has only sent heartbeats
--   online         hash    how many are online, and in which second they were counted
--   visitors       HLL     distinct visitors of the day
--   names          hash    page -> when it was named, its path, its title
--   day            hash    views, visits, pages; v<hour>, n<hour> (views, visits by hour)
--   page_dirty     set     pages whose register changed since they were flushed
--   shards         bitmap  which shards of the day exist
--   other          hash    the shard of the page ~other
--   a shard of pages (hash: page -> views) for each page
--
-- ARGV: sequence, epoch to open if one must be opened, memory of the writer in s, sites, then per site:
--   epoch, valid from, valid until (ms), hour, day mark, views, online window, visit gap (s),
--   most pages a day, most visitors present, bit of the shard of ~other, name of ~other, visitors, pages,
--   then per visitor: id, the id of the day before or '', 1 if viewing or 0 for a heartbeat
--   then per page: key, bit of its shard, views, '' or its name
--
-- Returns {1, or 2 where the batch had been recorded before, now in ms, then per site: online, views and visits of the day, then per page: its views or -1}
-- (online is -1 - n where n are known, and who came before this Redis was emptied may still be there)
-- or, where nothing was written, {0, now in ms, then per site: its bucket's epoch and the one before, or 0}.

local ARGS_PER_SITE, KEYS_PER_SITE = 14, 11

local time = redis.call('TIME')
local now = tonumber(time[1])
local now_ms = now * 1000 + math.floor(tonumber(time[2]) / 1000)

local sequence = tonumber(ARGV[1])
local fresh_epoch = ARGV[2]
local writer_memory = tonumber(ARGV[3])
local sites = tonumber(ARGV[4])
local repeated = tonumber(redis.call('GET', KEYS[1]) or -1) >= sequence

-- An epoch ends with the history it began in: after a restart, a failover or a move to another node
-- what this Redis holds may be older than what was already flushed.
local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
local epochs = {}
local function epoch_of(key)
  if not epochs[key] then
    local stored = redis.call('HMGET', key, 'history', 'epoch', 'previous', 'emptied')
    if stored[1] ~= history then
      -- Where there was none, this Redis has also forgotten who was here.
      stored = {history, fresh_epoch, stored[2] or '0', stored[1] and stored[4] or now_ms}
      redis.call('HSET', key, 'history', history, 'epoch', fresh_epoch, 'previous', stored[3], 'opened', now_ms,
          'emptied', stored[4] or 0)
    end
    epochs[key] = {stored[2], stored[3], tonumber(stored[4] or 0)}
  end
  return epochs[key][1], epochs[key][2]
end

-- First look at everything, then write: a script that fails half way is not undone.
local current = {0, now_ms}
local stale = false
local arg, key = 4, 1
for _ = 1, sites do
  local epoch, previous = epoch_of(KEYS[key + 1])
  current[#current + 1] = epoch
  current[#current + 1] = previous
  stale = stale or epoch ~= ARGV[arg + 1]
      or now_ms < tonumber(ARGV[arg + 2]) or now_ms >= tonumber(ARGV[arg + 3])
  local visitors, pages = tonumber(ARGV[arg + 13]), tonumber(ARGV[arg + 14])
  for i = 6, 11 do
    assert(tonumber(ARGV[arg + i]), 'not a number')
  end
  arg = arg + ARGS_PER_SITE + visitors * 3
  for _ = 1, pages do
    assert(tonumber(ARGV[arg + 2]) and tonumber(ARGV[arg + 3]), 'not a number')
    arg = arg + 4
  end
  key = key + KEYS_PER_SITE + pages
end
assert(#ARGV == arg and #KEYS == key, 'miscounted')
if stale and not repeated then
  return current
end

if not repeated then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', writer_memory)
end

-- A repeated batch only reads.
local function add(hash, field, n)
  if repeated then
    return tonumber(redis.call('HGET', hash, field) or 0)
  end
  return redis.call('HINCRBY', hash, field, n)
end

-- Marks visitors as seen; returns how many visits began and how many visitors came online.
local function see(presence, sketch, first, count, window, gap, most)
  local ids, viewing = {}, {}
  for i = 0, count - 1 do
    ids[i + 1] = ARGV[first + i * 3]
  end
  local seen = redis.call('ZMSCORE', presence, unpack(ids))
  local full = redis.call('ZCARD', presence) + count > most
  local scores, visits, came = {}, 0, 0
  for i = 1, count do
    local before, views = ARGV[first + i * 3 - 2], ARGV[first + i * 3 - 1] == '1'
    local last = tonumber(seen[i])
    if not last and before ~= '' then
      last = tonumber(redis.call('ZSCORE', presence, before))
      if last then
        redis.call('ZREM', presence, before)
      end
    end
    local visiting = last and last > now - gap and last % 1 == 0
    if last or not full then
      scores[#scores + 1] = (views or visiting) and now or now + 0.5
      scores[#scores + 1] = ids[i]
      if views and not visiting then
        visits = visits + 1
      end
      if not last or last < now - window then
        came = came + 1
      end
    end
    if views then
      viewing[#viewing + 1] = ids[i]
    end
  end
  if #scores > 0 then
    redis.call('ZADD', presence, unpack(scores))
  end
  local grew = #viewing > 0 and redis.call('PFADD', sketch, unpack(viewing)) == 1
  return visits, came, grew
end

-- Counting who is online is only worth it once a second.
local function count_online(online, presence, came, window, gap)
  local known = redis.call('HMGET', online, 'second', 'count')
  if tonumber(known[1] or 0) ~= now then
    redis.call('ZREMRANGEBYSCORE', presence, '-inf', now - gap)
    local count = redis.call('ZCOUNT', presence, now - window, '+inf')
    redis.call('HSET', online, 'second', now, 'count', count)
    redis.call('EXPIRE', presence, gap)
    redis.call('EXPIRE', online, gap)
    return count
  end
  return came > 0 and redis.call('HINCRBY', online, 'count', came) or tonumber(known[2])
end

local answer = {repeated and 2 or 1, now_ms}
arg, key = 4, 1
for _ = 1, sites do
  local dirty, days, presence, online, sketch, names, day, page_dirty, shards, other =
      KEYS[key + 2], KEYS[key + 3], KEYS[key + 4], KEYS[key + 5], KEYS[key + 6], KEYS[key + 7],
      KEYS[key + 8], KEYS[key + 9], KEYS[key + 10], KEYS[key + 11]
  local hour, mark, views = ARGV[arg + 4], ARGV[arg + 5], tonumber(ARGV[arg + 6])
  local window, gap = tonumber(ARGV[arg + 7]), tonumber(ARGV[arg + 8])
  local most_pages, most_visitors = tonumber(ARGV[arg + 9]), tonumber(ARGV[arg + 10])
  local other_bit, other_page = ARGV[arg + 11], ARGV[arg + 12]
  local visitors, pages = tonumber(ARGV[arg + 13]), tonumber(ARGV[arg + 14])
  local emptied = epochs[KEYS[key + 1]][3]
  arg, key = arg + ARGS_PER_SITE, key + KEYS_PER_SITE

  local visits, came, grew = 0, 0, false
  if visitors > 0 and not repeated then
    visits, came, grew = see(presence, sketch, arg + 1, visitors, window, gap, most_visitors)
  end
  arg = arg + visitors * 3
  local count = count_online(online, presence, came, window, gap)
  answer[#answer + 1] = emptied > now_ms - window * 1000 and -1 - count or count

  if views > 0 then
    local day_views = add(day, 'views', views)
    answer[#answer + 1] = day_views
    answer[#answer + 1] = add(day, 'visits', visits)
    if not repeated then
      redis.call('HINCRBY', day, 'v' .. hour, views)
      if visits > 0 then
        redis.call('HINCRBY', day, 'n' .. hour, visits)
      end
      redis.call('SADD', dirty, mark .. ':' .. hour)
      if grew then
        redis.call('SADD', dirty, mark .. ':visitors')
      end
      if day_views == views then
        redis.call('SADD', days, mark)
      end
    end
  else
    answer[#answer + 1] = 0
    answer[#answer + 1] = 0
  end

  local known_pages = pages > 0 and tonumber(redis.call('HGET', day, 'pages') or 0)
  local changed = {}
  for i = 1, pages do
    local page, bit, n, name = ARGV[arg + 1], ARGV[arg + 2], tonumber(ARGV[arg + 3]), ARGV[arg + 4]
    local shard = KEYS[key + i]
    local within = known_pages < most_pages or redis.call('HEXISTS', shard, page) == 1
    if within then
      local page_views = add(shard, page, n)
      answer[#answer + 1] = page_views
      if name ~= '' and not repeated then
        redis.call('HSET', names, page, now_ms .. '\n' .. name)
      end
      changed[#changed + 1] = page
      if page_views == n and not repeated then
        known_pages = redis.call('HINCRBY', day, 'pages', 1)
        redis.call('SETBIT', shards, bit, 1)
      end
    else
      -- The day's limit of pages is reached: the view counts, for the page ~other.
      if add(other, other_page, n) == n and not repeated then
        redis.call('SETBIT', shards, other_bit, 1)
        redis.call('HSET', names, other_page, now_ms .. '\n~other\n')
      end
      changed[#changed + 1] = other_page
      answer[#answer + 1] = -1
    end
    arg = arg + 4
  end
  if #changed > 0 and not repeated then
    redis.call('SADD', page_dirty, unpack(changed))
  end
  key = key + pages
end
return answer
