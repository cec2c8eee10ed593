-- Counts one batch of hits exactly once and returns what the numbers now are.
-- Called by vn.luot.live.RecordHits, which builds what is described here. Stands behind visitors.lua and views.lua.
--
-- KEYS[1]          string  last sequence of the writer, and where there were any, ":" and its repeated views
-- then per site:
--   epoch          hash    history, epoch, previous, opened, emptied (both ms): of the bucket
--   dirty          set     what a flush must take: day mark:hour, day mark:visitors, day mark:referrers; of the bucket
--   days           set     every day of every site that has registers: of the bucket
--   presence       zset    visitor -> last seen, in seconds; .5 added while a visitor has only sent heartbeats
--   online         hash    how many are online, and in which second they were counted
--   visitors       HLL     distinct visitors of the day
--   names          hash    page -> when it was named, its path, its title
--   day            hash    views, visits, pages; v<hour>, n<hour>, b<hour> (views, visits, robots' hits by hour);
--                          minute, new (pages counted for the first time in that minute)
--   page_dirty     set     pages whose register changed since they were flushed
--   shards         bitmap  which shards of the day exist
--   viewed x 2     hash    visitor and page -> ms since its slice began; s, the number of its slice. Slices are as long
--                          as views are taken for repeated, even ones lie in the first hash and odd ones in the second
--   referrers      hash    host -> views
--   other          hash    the shard of the page ~other
--   a shard of pages (hash: page -> views, n<page> -> visits that began on it) for each page
--
-- ARGV: sequence, epoch to open if one must be opened, memory of the writer in s, sites, bit of the shard of ~other,
--   name of ~other, most pages a day, most new pages a minute (0: any), most visitors present, most views remembered a
--   slice, most referrers a day, then per site:
--   epoch, valid from, valid until (ms), hour, day mark, hits of robots, online window, visit gap (s), time within which
--   views are repeated (ms), visitors, pages, views that may be repeated, referrers,
--   then per visitor: id, the id of the day before or '', which of the pages is viewed first or 0 for a heartbeat
--   then per page: key, bit of its shard, views that count in any case, '' or its name
--   then of the views that may be repeated: each one's visitor and page in one, then each one's place among the pages,
--   then, where there are referrers, each one's place among them or 0
--   then per referrer: host, views that count in any case
--
-- Returns {1, or 2 where the batch had been recorded before, now in ms, repeated views,
-- then per site: online, views and visits of the day, then per page: its views or -1}
-- (online is -1 - n where n are known, and who came before this Redis was emptied may still be there)
-- or, where nothing was written, {0, now in ms, then per site: its bucket's epoch and the one before, or 0}.

local ARGS, ARGS_PER_SITE, KEYS_PER_SITE = 11, 13, 14

local time = redis.call('TIME')
local now = tonumber(time[1])
local now_ms = now * 1000 + math.floor(tonumber(time[2]) / 1000)

local fresh_epoch = ARGV[2]
local writer_memory = tonumber(ARGV[3])
local sites = tonumber(ARGV[4])
local other_bit, other_page = ARGV[5], ARGV[6]
local most_pages, most_new = tonumber(ARGV[7]), tonumber(ARGV[8])
local most_visitors, most_viewed, most_referrers = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])
local last, repeated_views = string.match(redis.call('GET', KEYS[1]) or '-1', '^(-?%d+):?(%d*)$')
local recorded = tonumber(last) >= tonumber(ARGV[1])
repeated_views = recorded and tonumber(repeated_views) or 0

-- An epoch ends with the history it began in: after a restart, a failover or a move to another node
-- what this Redis holds may be older than what was already flushed.
local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
local epochs = {}
local function epoch_of(key)
  if not epochs[key] then
    local stored = redis.call('HMGET', key, 'history', 'epoch', 'previous', 'emptied')
    if stored[1] ~= history then
      -- Where there was none, this Redis has also forgotten who was here.
      stored = {history, fresh_epoch, stored[2] or '0', stored[4] or (stored[1] and '0' or now_ms)}
      redis.call('HSET', key, 'history', history, 'epoch', fresh_epoch, 'previous', stored[3], 'opened', now_ms,
          'emptied', stored[4])
    end
    epochs[key] = {stored[2], stored[3], tonumber(stored[4] or 0)}
  end
  return epochs[key][1], epochs[key][2]
end

-- First look at everything, then write: a script that fails half way is not undone.
local current = {0, now_ms}
local stale = false
local arg, key = ARGS, 1
for _ = 1, sites do
  local epoch, previous = epoch_of(KEYS[key + 1])
  current[#current + 1] = epoch
  current[#current + 1] = previous
  stale = stale or epoch ~= ARGV[arg + 1]
      or now_ms < tonumber(ARGV[arg + 2]) or now_ms >= tonumber(ARGV[arg + 3])
  for i = 6, 9 do
    assert(tonumber(ARGV[arg + i]), 'not a number')
  end
  local visitors, pages = tonumber(ARGV[arg + 10]), tonumber(ARGV[arg + 11])
  local once, referrers = tonumber(ARGV[arg + 12]), tonumber(ARGV[arg + 13])
  arg = arg + ARGS_PER_SITE + visitors * 3
  for _ = 1, pages do
    assert(tonumber(ARGV[arg + 2]) and tonumber(ARGV[arg + 3]), 'not a number')
    arg = arg + 4
  end
  for i = arg + once + 1, arg + once * 2 do
    assert(tonumber(ARGV[i]) <= pages, 'no such page')
  end
  arg = arg + once * (referrers > 0 and 3 or 2)
  for _ = 1, referrers do
    assert(tonumber(ARGV[arg + 2]), 'not a number')
    arg = arg + 2
  end
  key = key + KEYS_PER_SITE + pages
end
assert(#ARGV == arg and #KEYS == key, 'miscounted')
if stale and not recorded then
  return current
end

if not recorded then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', writer_memory)
end

-- A number costs a printf in every call that takes it; most of them are small and the same.
local texts = {}
local function text(n)
  texts[n] = texts[n] or string.format('%d', n)
  return texts[n]
end

-- A batch recorded before only reads.
local function add(hash, field, n)
  if recorded or n == 0 then
    return tonumber(redis.call('HGET', hash, field) or 0)
  end
  return redis.call('HINCRBY', hash, field, text(n))
end

local answer = {recorded and 2 or 1, now_ms, 0}
arg, key = ARGS, 1
for _ = 1, sites do
  local dirty, days, presence, online, sketch, names, day, page_dirty, shards =
      KEYS[key + 2], KEYS[key + 3], KEYS[key + 4], KEYS[key + 5], KEYS[key + 6], KEYS[key + 7],
      KEYS[key + 8], KEYS[key + 9], KEYS[key + 10]
  local even, odd, referrer_views, other = KEYS[key + 11], KEYS[key + 12], KEYS[key + 13], KEYS[key + 14]
  local hour, mark, bots = ARGV[arg + 4], ARGV[arg + 5], tonumber(ARGV[arg + 6])
  local window, gap, repeat_ms = tonumber(ARGV[arg + 7]), tonumber(ARGV[arg + 8]), tonumber(ARGV[arg + 9])
  local visitors, pages = tonumber(ARGV[arg + 10]), tonumber(ARGV[arg + 11])
  local once, referrers = tonumber(ARGV[arg + 12]), tonumber(ARGV[arg + 13])
  local emptied = epochs[KEYS[key + 1]][3]
  arg, key = arg + ARGS_PER_SITE, key + KEYS_PER_SITE

  local visits, landed, came, grew = 0, {}, 0, false
  if visitors > 0 and not recorded then
    visits, landed, came, grew = see(presence, sketch, arg + 1, visitors, now, window, gap, most_visitors)
  end
  arg = arg + visitors * 3
  local count = count_online(online, presence, came, now, window, gap)
  answer[#answer + 1] = emptied > now_ms - window * 1000 and -1 - count or count
  local place_of_sums = #answer
  answer[place_of_sums + 1], answer[place_of_sums + 2] = 0, 0

  local first_once = arg + pages * 4
  local fresh, fresh_of_page, fresh_of_referrer = {}, {}, {}
  local slice, ms, viewed, before, begins
  if once > 0 and not recorded then
    slice, ms = math.floor(now_ms / repeat_ms), now_ms % repeat_ms
    viewed, before = slice % 2 == 0 and even or odd, slice % 2 == 0 and odd or even
    fresh, begins = not_repeated(viewed, before, slice, ms, first_once + 1, once)
    for i = 1, once do
      if fresh[i] then
        local page, referrer = tonumber(ARGV[first_once + once + i]), tonumber(ARGV[first_once + once * 2 + i])
        fresh_of_page[page] = (fresh_of_page[page] or 0) + 1
        if referrers > 0 then
          fresh_of_referrer[referrer] = (fresh_of_referrer[referrer] or 0) + 1
        end
      else
        repeated_views = repeated_views + 1
      end
    end
  end

  local known = pages > 0 and redis.call('HMGET', day, 'pages', 'minute', 'new')
  local known_pages = known and tonumber(known[1] or 0)
  local minute = math.floor(now / 60)
  local new = known and tonumber(known[2] or 0) == minute and tonumber(known[3]) or 0
  local was_new = new
  local changed, within, views = {}, {}, 0
  for i = 1, pages do
    local page, bit, n, name = ARGV[arg + 1], ARGV[arg + 2], tonumber(ARGV[arg + 3]), ARGV[arg + 4]
    local shard = KEYS[key + i]
    n = n + (fresh_of_page[i] or 0)
    local room = known_pages < most_pages and (most_new == 0 or new < most_new)
    within[i] = room or redis.call('HEXISTS', shard, page) == 1
    if recorded or n == 0 then
      answer[#answer + 1] = tonumber(redis.call('HGET', shard, page) or (room and not recorded and 0 or -1))
    elseif within[i] then
      local page_views = redis.call('HINCRBY', shard, page, text(n))
      answer[#answer + 1] = page_views
      if name ~= '' then
        redis.call('HSET', names, page, now_ms .. '\n' .. name)
      end
      if page_views == n then
        known_pages = redis.call('HINCRBY', day, 'pages', 1)
        redis.call('SETBIT', shards, bit, 1)
        new = new + 1
      end
    else
      -- The limit of pages is reached: the view counts, for the page ~other.
      if redis.call('HINCRBY', other, other_page, n) == n then
        redis.call('SETBIT', shards, other_bit, 1)
        redis.call('HSET', names, other_page, now_ms .. '\n~other\n')
      end
      answer[#answer + 1] = -1
    end
    views = views + n
    if (n > 0 or landed[i]) and not recorded then
      local counted = within[i] and page or other_page
      changed[#changed + 1] = counted
      if landed[i] then
        redis.call('SETBIT', shards, within[i] and bit or other_bit, 1)
        redis.call('HINCRBY', within[i] and shard or other, 'n' .. counted, landed[i])
      end
    end
    arg = arg + 4
  end

  if not recorded then
    if new > was_new and most_new > 0 then redis.call('HSET', day, 'minute', minute, 'new', new) end
    if #changed > 0 then
      redis.call('SADD', page_dirty, unpack(changed))
    end
    local remembered = {}
    for i = 1, once do
      -- Whoever can have views counted for ~other needs no repetition to make more of them.
      if fresh[i] and within[tonumber(ARGV[first_once + once + i])] then
        remembered[#remembered + 1] = ARGV[first_once + i]
        remembered[#remembered + 1] = text(ms)
      end
    end
    remember(viewed, slice, begins, repeat_ms * 2 - (ms or 0), remembered, most_viewed)
  end
  arg = arg + once * (referrers > 0 and 3 or 2)
  if referrers > 0 and not recorded then
    add_referrers(referrer_views, arg + 1, referrers, fresh_of_referrer, most_referrers)
    redis.call('SADD', dirty, mark .. ':referrers')
  end
  arg = arg + referrers * 2

  if pages > 0 or bots > 0 then
    local day_views = add(day, 'views', views)
    answer[place_of_sums + 1], answer[place_of_sums + 2] = day_views, add(day, 'visits', visits)
    if not recorded and views + visits + bots > 0 then
      if views > 0 then redis.call('HINCRBY', day, 'v' .. hour, views) end
      if visits > 0 then redis.call('HINCRBY', day, 'n' .. hour, visits) end
      if bots > 0 then redis.call('HINCRBY', day, 'b' .. hour, bots) end
      redis.call('SADD', dirty, mark .. ':' .. hour)
      if grew then
        redis.call('SADD', dirty, mark .. ':visitors')
      end
      if day_views == views or views == 0 then
        redis.call('SADD', days, mark)
      end
    end
  end
  key = key + pages
end
if repeated_views > 0 and not recorded then
  redis.call('SET', KEYS[1], ARGV[1] .. ':' .. repeated_views, 'EX', writer_memory)
end
answer[3] = repeated_views
return answer
