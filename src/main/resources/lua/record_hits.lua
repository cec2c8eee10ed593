-- Counts one batch of hits exactly once and returns what the numbers now are.
-- Called by vn.luot.live.RecordHits, which builds what is described here. Stands behind ring.lua, state.lua,
-- visitors.lua, views.lua and pages.lua.
--
-- KEYS[1]          string  last sequence of the writer, and where there were any, ":" and its repeated views
-- then per site:
--   epoch          hash    history, epoch, previous, opened, emptied (both ms): of the bucket
--   dirty          set     what a flush must take: day mark:hour, day mark:visitors, day mark:referrers; of the bucket
--   days           set     every day of every site that has registers: of the bucket
--   state          string  MessagePack: see state.lua
--   ring           string  how many were last seen in each second of the window, 4 bytes each
--   present x 2    hash    visitor -> second last seen modulo 100000, h behind it while only heartbeats were sent
--   visitors       HLL     distinct visitors of the day
--   names          hash    page -> when it was named, its path, its title
--   day            hash    views, visits, pages; v<hour>, n<hour>, b<hour> (views, visits, robots' hits by hour);
--                          minute, new (pages counted for the first time in that minute)
--   page_dirty     set     pages whose register changed since they were flushed
--   shards         bitmap  which shards of the day exist
--   viewed x 2     hash    visitor and page -> ms since its slice began; s, the number of its slice: of all sites with
--                          the same such time, see views.lua
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
local STATE, EVEN, ODD = 4, 13, 14 -- places among them

local time = redis.call('TIME')
local now = tonumber(time[1])
local now_ms = now * 1000 + math.floor(tonumber(time[2]) / 1000)
local minute = math.floor(now / 60)

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
local current, states = {0, now_ms}, {}
local viewed_of, all_viewed, behind = {}, {}, {} -- by name of hash, all, and by site where its views stand among theirs
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
  states[s] = KEYS[key + STATE]
  if #once > 0 then
    local even = KEYS[key + EVEN]
    if not viewed_of[even] then
      viewed_of[even] = slices(even, KEYS[key + ODD], repeat_ms, now_ms)
      all_viewed[#all_viewed + 1] = viewed_of[even]
    end
    behind[s] = ask(viewed_of[even], once)
  end
  key = key + KEYS_PER_SITE + #pages
end
assert(#KEYS == key, 'miscounted')
if stale and not recorded then
  return current
end
local known = redis.call('MGET', unpack(states))
for s = 1, #sites do
  known[s] = recalled(known[s])
end

if not recorded then
  redis.call('SET', KEYS[1], text(sequence), 'EX', text(writer_memory))
  for _, viewed in ipairs(all_viewed) do
    look_up(viewed, most_viewed)
  end
end

local answer, changed_states = {recorded and 2 or 1, now_ms, 0}, {}
key = 1
for s = 1, #sites do
  local _, dirty, days, state, ring, present0, present1, sketch, names_of, day, page_dirty, shards_of, even, _,
      referrers_of, other = unpack(KEYS, key + 1, key + KEYS_PER_SITE)
  local emptied = epochs[KEYS[key + 1]][3]
  local _, _, _, hour, mark, bots, window, gap, repeat_ms, visitors, befores, firsts, pages, page_views, names, once,
      places, origins, referrers, referred = unpack(sites[s])
  local shards = {unpack(KEYS, key + KEYS_PER_SITE + 1, key + KEYS_PER_SITE + #pages)}
  key = key + KEYS_PER_SITE + #pages

  local site = known[s]
  look_around(site, ring, present0, present1, now, window, gap, most_visitors)
  local visits, landed, grew = 0, {}, false
  if #visitors > 0 and not recorded then
    local young, old = present0, present1
    if site.turn == 1 then
      young, old = present1, present0
    end
    visits, landed, grew = see(site, gap, ring, young, old, sketch, visitors, befores, firsts)
  end
  local online = site.count
  answer[#answer + 1] = emptied > now_ms - window * 1000 and -1 - online or online

  local viewed = not recorded and behind[s] and viewed_of[even]
  if viewed then
    for i = 1, #once do
      if viewed.fresh[behind[s] + i] then
        page_views[places[i]] = page_views[places[i]] + 1
        if origins[i] > 0 then
          referred[origins[i]] = referred[origins[i]] + 1
        end
      else
        repeated_views = repeated_views + 1
      end
    end
  end

  local fields = {'views', 'visits', 'v' .. hour, 'n' .. hour, 'b' .. hour, 'pages', 'minute', 'new'}
  local sums = sums_of(day, fields)
  local place_of_sums = #answer
  answer[place_of_sums + 1], answer[place_of_sums + 2] = 0, 0
  if recorded then
    read_pages(answer, pages, shards)
  else
    local was, marks = {unpack(sums)}, {}
    if sums[MINUTE] ~= minute then
      sums[MINUTE], sums[NEW] = minute, 0
    end
    local of = {names = names_of, shards = shards_of, other = other, other_page = other_page, most_pages = most_pages,
        most_new = most_new}
    local views, within, changed = count_pages(answer, of, sums, now_ms, pages, shards, page_views, names, landed)
    if views + visits + bots > 0 then
      if sums[VIEWS] == 0 then
        redis.call('SADD', days, mark)
      end
      sums[VIEWS], sums[VISITS] = sums[VIEWS] + views, sums[VISITS] + visits
      sums[HOUR_VIEWS], sums[HOUR_VISITS] = sums[HOUR_VIEWS] + views, sums[HOUR_VISITS] + visits
      sums[HOUR_BOTS] = sums[HOUR_BOTS] + bots
      redis.call('HSET', day, unpack(changes(fields, was, sums)))
      marks[1] = mark .. ':' .. hour
      if grew then
        marks[2] = mark .. ':visitors'
      end
    end
    if #changed > 0 then
      redis.call('SADD', page_dirty, unpack(changed))
    end
    if viewed then
      remember(viewed, behind[s], once, places, within)
    end
    if #referrers > 0 then
      add_referrers(referrers_of, referrers, referred, most_referrers)
      marks[#marks + 1] = mark .. ':referrers'
    end
    if #marks > 0 then
      redis.call('SADD', dirty, unpack(marks))
    end
  end
  answer[place_of_sums + 1], answer[place_of_sums + 2] = sums[VIEWS], sums[VISITS]
  if site.changed then
    changed_states[#changed_states + 1] = state
    changed_states[#changed_states + 1] = to_recall(site)
  end
end
for _, viewed in ipairs(all_viewed) do
  keep(viewed)
end
if #changed_states > 0 then
  redis.call('MSET', unpack(changed_states))
end
if repeated_views > 0 and not recorded then
  redis.call('SET', KEYS[1], text(sequence) .. ':' .. repeated_views, 'EX', text(writer_memory))
end
answer[3] = repeated_views
return answer
