-- Counts one batch of hits exactly once and returns what the numbers now are.
-- Called by vn.luot.live.RecordHits, which builds what is described here. Stands behind ring.lua, visitors.lua and
-- views.lua.
--
-- KEYS[1]          string  last sequence of the writer, and where there were any, ":" and its repeated views
-- then per site:
--   epoch          hash    history, epoch, previous, opened, emptied (both ms): of the bucket
--   dirty          set     what a flush must take: day mark:hour, day mark:visitors, day mark:referrers; of the bucket
--   days           set     every day of every site that has registers: of the bucket
--   online         string  MessagePack: the second of it, how many are online, how many more visitors may be remembered,
--                          which of the two hashes is young (0, 1), since when; since when the ring is kept, for which
--                          window (s); in which second the expiry of hash and ring was last set
--   ring           string  how many were last seen in each second of the window, 4 bytes each
--   present x 2    hash    visitor -> second last seen modulo 100000, h behind it while only heartbeats were sent
--   visitors       HLL     distinct visitors of the day
--   names          hash    page -> when it was named, its path, its title
--   day            hash    views, visits, pages; v<hour>, n<hour>, b<hour> (views, visits, robots' hits by hour);
--                          minute, new (pages counted for the first time in that minute)
--   page_dirty     set     pages whose register changed since they were flushed
--   shards         bitmap  which shards of the day exist
--   viewed x 2     hash    visitor and page -> ms since its slice began; s, the number of its slice; n, how many. Slices
--                          are as long as views are taken for repeated, even ones lie in the first hash and odd ones in
--                          the second
--   referrers      hash    host -> views
--   other          hash    the shard of the page ~other
--   a shard of pages (hash: page -> views, n<page> -> visits that began on it; its number ends its name) for each page
--
-- ARGV[1] in MessagePack, which takes half the time of as many arguments. Lists of the same line are equally long:
--   {sequence, epoch to open if one must be opened (text), memory of the writer (s), name of ~other, most pages a day,
--    most new pages a minute (0: any), most visitors present, most views remembered a slice, most referrers a day, sites}
--   each site: {epoch (text), valid from, valid until (ms), hour (text), day mark, hits of robots,
--    online window, visit gap (s), time within which views are repeated (ms),
--    visitors, each one's id of the day before or '', which of the pages it viewed first or 0 for a heartbeat,
--    pages, each one's views that count in any case, each one's name or '',
--    views that may be repeated (visitor and page in one), each one's place among pages, and among referrers or 0,
--    referrers, each one's views that count in any case}
--
-- Returns {1, or 2 where the batch had been recorded before, now in ms, repeated views,
-- then per site: online, views and visits of the day, then per page: its views or -1}
-- (online is -1 - n where n are known, and who came before this Redis was emptied may still be there)
-- or, where nothing was written, {0, now in ms, then per site: its bucket's epoch and the one before, or 0}.

local KEYS_PER_SITE = 16

local time = redis.call('TIME')
local now = tonumber(time[1])
local now_ms = now * 1000 + math.floor(tonumber(time[2]) / 1000)

local sequence, fresh_epoch, writer_memory, other_page, most_pages, most_new, most_visitors, most_viewed,
    most_referrers, sites = unpack(cmsgpack.unpack(ARGV[1]))
local last, repeated_views = string.match(redis.call('GET', KEYS[1]) or '-1', '^(-?%d+):?(%d*)$')
local recorded = tonumber(last) >= sequence
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

-- As many numbers as there are of what they are about, none above a limit.
local function are_numbers(list, of, most)
  return #list == #of and (#of == 0 or math.max(unpack(list)) <= most)
end

-- First look at everything, then write: a script that fails half way is not undone.
local current = {0, now_ms}
local stale = false
local key = 1
for s = 1, #sites do
  local expected, from, till, _, mark, bots, window, gap, repeat_ms, visitors, befores, firsts, pages, views, names,
      once, places, origins, referrers, referred = unpack(sites[s])
  local epoch, previous = epoch_of(KEYS[key + 1])
  current[#current + 1] = epoch
  current[#current + 1] = previous
  stale = stale or epoch ~= expected or now_ms < from or now_ms >= till
  assert(mark and math.max(bots, window, gap, repeat_ms), 'not a site')
  assert(#befores == #visitors and are_numbers(firsts, visitors, #pages), 'not visitors')
  assert(#names == #pages and are_numbers(views, pages, math.huge), 'not pages')
  assert(are_numbers(places, once, #pages) and are_numbers(origins, once, #referrers), 'not views')
  assert(are_numbers(referred, referrers, math.huge), 'not referrers')
  key = key + KEYS_PER_SITE + #pages
end
assert(#KEYS == key, 'miscounted')
if stale and not recorded then
  return current
end

-- A number costs a printf in every call that takes it; most of them are small and the same.
local texts = {}
local function text(n)
  texts[n] = texts[n] or string.format('%d', n)
  return texts[n]
end

if not recorded then
  redis.call('SET', KEYS[1], text(sequence), 'EX', text(writer_memory))
end

local function set_bit(shards, shard)
  redis.call('SETBIT', shards, string.match(shard, '%d+$'), '1')
end

local answer = {recorded and 2 or 1, now_ms, 0}
key = 1
for s = 1, #sites do
  local dirty, days, sketch, name_of, day, page_dirty, shards, even, odd, referrer_views, other =
      KEYS[key + 2], KEYS[key + 3], unpack(KEYS, key + 8, key + 16)
  local _, _, _, hour, mark, bots, window, gap, repeat_ms, visitors, befores, firsts, pages, page_views, names,
      once, places, origins, referrers, referred = unpack(sites[s])
  local emptied = epochs[KEYS[key + 1]][3]
  local here = look_around({unpack(KEYS, key + 4, key + 7)}, now, window, gap, most_visitors)
  key = key + KEYS_PER_SITE

  local visits, landed, grew = 0, {}, false
  if #visitors > 0 and not recorded then
    visits, landed, grew = see(here, sketch, visitors, befores, firsts)
  end
  remember_around(here)
  local count = here.count
  answer[#answer + 1] = emptied > now_ms - window * 1000 and -1 - count or count
  local place_of_sums = #answer
  answer[place_of_sums + 1], answer[place_of_sums + 2] = 0, 0

  local viewed
  if #once > 0 and not recorded then
    viewed = viewed_before(even, odd, repeat_ms, now_ms, once)
    for i = 1, #once do
      if viewed.fresh[i] then
        page_views[places[i]] = page_views[places[i]] + 1
        if origins[i] > 0 then
          referred[origins[i]] = referred[origins[i]] + 1
        end
      else
        repeated_views = repeated_views + 1
      end
    end
  end

  local views_field, visits_field, bots_field = 'v' .. hour, 'n' .. hour, 'b' .. hour
  local sums = #pages > 0 and redis.call('HMGET', day, 'views', 'visits', views_field, visits_field, bots_field,
      'pages', 'minute', 'new') or {}
  for i = 1, 8 do
    sums[i] = tonumber(sums[i] or 0)
  end
  local known_pages, minute = sums[6], math.floor(now / 60)
  local new = sums[7] == minute and sums[8] or 0
  local was_new = new
  local changed, within, views = {}, {}, 0
  for i = 1, #pages do
    local page, shard, n = pages[i], KEYS[key + i], page_views[i]
    local room = known_pages < most_pages and (most_new == 0 or new < most_new)
    within[i] = room or redis.call('HEXISTS', shard, page) == 1
    if recorded or n == 0 then
      answer[#answer + 1] = tonumber(redis.call('HGET', shard, page) or (room and not recorded and 0 or -1))
    elseif within[i] then
      local now_viewed = redis.call('HINCRBY', shard, page, text(n))
      answer[#answer + 1] = now_viewed
      if names[i] ~= '' then
        redis.call('HSET', name_of, page, text(now_ms) .. '\n' .. names[i])
      end
      if now_viewed == n then
        known_pages = known_pages + 1
        set_bit(shards, shard)
        new = new + 1
      end
    else
      -- The limit of pages is reached: the view counts, for the page ~other.
      if redis.call('HINCRBY', other, other_page, text(n)) == n then
        set_bit(shards, other)
        redis.call('HSET', name_of, other_page, text(now_ms) .. '\n~other\n')
      end
      answer[#answer + 1] = -1
    end
    views = views + n
    if (n > 0 or landed[i]) and not recorded then
      local counted, counted_in = page, shard
      if not within[i] then
        counted, counted_in = other_page, other
      end
      changed[#changed + 1] = counted
      if landed[i] and redis.call('HINCRBY', counted_in, 'n' .. counted, text(landed[i])) == landed[i] and n == 0 then
        set_bit(shards, counted_in)
      end
    end
  end
  key = key + #pages

  if not recorded then
    local marks, changes = {}, {}
    local function change(field, before, n)
      if n > 0 then
        changes[#changes + 1] = field
        changes[#changes + 1] = text(before + n)
      end
    end
    if views + visits + bots > 0 then
      if sums[1] == 0 then
        redis.call('SADD', days, mark)
      end
      change('views', sums[1], views)
      change('visits', sums[2], visits)
      change(views_field, sums[3], views)
      change(visits_field, sums[4], visits)
      change(bots_field, sums[5], bots)
      change('pages', sums[6], known_pages - sums[6])
      if new > was_new and most_new > 0 then
        change('minute', 0, minute)
        change('new', 0, new)
      end
      redis.call('HSET', day, unpack(changes))
      marks[1] = mark .. ':' .. hour
      if grew then
        marks[2] = mark .. ':visitors'
      end
    end
    if #changed > 0 then
      redis.call('SADD', page_dirty, unpack(changed))
    end
    if viewed then
      remember(viewed, once, places, within, most_viewed)
    end
    if #referrers > 0 then
      add_referrers(referrer_views, referrers, referred, most_referrers)
      marks[#marks + 1] = mark .. ':referrers'
    end
    if #marks > 0 then
      redis.call('SADD', dirty, unpack(marks))
    end
  else
    views, visits = 0, 0
  end
  answer[place_of_sums + 1], answer[place_of_sums + 2] = sums[1] + views, sums[2] + visits
end
if repeated_views > 0 and not recorded then
  redis.call('SET', KEYS[1], text(sequence) .. ':' .. repeated_views, 'EX', text(writer_memory))
end
answer[3] = repeated_views
return answer
