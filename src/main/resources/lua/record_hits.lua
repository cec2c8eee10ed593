-- Counts one batch of hits exactly once and returns what the numbers now are.
-- Called by vn.luot.live.record.RecordHits, which builds what is described here. Stands behind batch.lua, ring.lua,
-- state.lua, visitors.lua, views.lua and pages.lua.
--
-- KEYS[1]          string  last sequence of the writer, and where there were any, ":" and its repeated views
-- KEYS[2] epoch    hash    history, epoch, previous, opened, emptied (both ms), installation (whose this Redis is),
--                          dropped (ms: what was of the epoch before then may be gone from here)
-- then for each kind of viewed, which is of all sites with the same time within which views are repeated:
--   viewed x 2     hash    visitor and page -> ms since its slice began; s, the number of its slice: see views.lua
-- then per site:
--   dirty          set     what a flush must take: day mark:hour, :device, :visitors, :referrers; of the bucket
--   days           set     every day of every site that has registers: of the bucket
--   state          string  MessagePack: see state.lua
--   ring           string  how many were last seen in each second of the window, 4 bytes each
--   present x 2    hash    visitor -> second last seen modulo 100000, h behind it while only heartbeats were sent
--   visitors       HLL     distinct visitors of the day
--   names          hash    page:number of the day and a network in it -> when it was named, its path, its title
--   day            hash    views, visits, pages; by hour v<hour>, n<hour>, b<hour>, d<hour> (views, visits, robots' hits,
--                          downloads); m<device>, visits that began with it;
--                          minute, new (pages counted for the first time in that minute)
--   page_dirty     set     pages whose register changed since they were flushed
--   shards         bitmap  which shards of the day exist
--   referrers      hash    host -> views
--   other          hash    the shard of the page ~other
--   a shard of pages (hash: page -> views, n<page> -> visits that began on it; its number ends its name) for each page;
--                          a page below 0 is a file, and what is said of views its downloads
--
-- ARGV[1] in MessagePack, which takes half the time of as many arguments, as one flat list: a table for each of those
-- in it took a fifth of the time of hits of many sites.
--   sequence, epoch to open if one must be opened (text), memory of the writer (s), names of ~other and its downloads, most pages a day,
--   most new pages a minute (0: any), most visitors present, most views remembered a slice, most referrers a day,
--   the epoch the names of keys are of (text), the installation (text), one above the last sequence of the writer that
--   is known to be recorded in that epoch (0: none, 1: one may be), number of kinds of viewed, number of sites; then per kind:
--   time within which views are repeated (ms); then per site:
--   valid from, valid until (ms), hour (text), day mark, hits of robots,
--   online window, visit gap (s), which kind of viewed, 0 where no view may be repeated,
--   how many visitors, pages, views that may be repeated and referrers are in these lists, one behind the other:
--     visitors, each one's id of the day before or '', which of the pages it viewed first or 0 for a heartbeat, its device
--     pages, each one's views that count in any case, what is told of each or '': one sign for its standing, and
--       where it is to be named the number of network and day, its path and its title, a line each
--     views that may be repeated (visitor and page in one), each one's place among pages, and among referrers or 0
--     referrers, each one's views that count in any case
--
-- Returns {1, or 2 where the batch had been recorded before, now in ms, repeated views,
-- then per site: online, views and visits of the day, then per page: its views or -1,
-- then of each site that has half of the pages it may have on the day, which of the sites it is}
-- (online is -1 - n where n are known, and who came before this Redis was emptied may still be there)
-- or, where nothing was written, {0, now in ms, the epoch, the one before or 0}.

local minute = math.floor(now / 60)
local sequence, fresh_epoch, writer_memory, other_page, other_download, most_pages, most_new, most_visitors, most_viewed,
    most_referrers, expected_epoch, installation, remembered, kinds, sites = unpack(sent, 1, HEAD)
local limits = {pages = most_pages, new = most_new, other_page = other_page, other_download = other_download}
local last, repeated_views = string.match(redis.call('GET', KEYS[WRITER]) or '-1', '^(-?%d+):?(%d*)$')
last = tonumber(last)
local recorded = last >= sequence
repeated_views = recorded and tonumber(repeated_views) or 0

local replication = redis.call('INFO', 'replication')
if not string.find(replication, 'role:master', 1, true) then
  return redis.error_reply('READONLY this is a replica, though it takes writes')
end
local history = string.match(replication, 'master_replid:(%x+)')
if not history then
  return redis.error_reply('NOHISTORY INFO replication names no master_replid')
end
local stored = redis.call('HMGET', KEYS[EPOCH], 'history', 'epoch', 'previous', 'emptied', 'installation', 'dropped')
if stored[5] ~= installation and stored[5] then
  return redis.error_reply('ANOTHERS this Redis belongs to the installation ' .. stored[5])
end
-- An epoch ends with the history it began in: after a restart, a failover or a move to another node what this Redis holds
-- may be older than what was already flushed. So it may where it does not remember what it has recorded, its memory having
-- been put back; and where its clock says that it is earlier than when registers were dropped.
if stored[1] ~= history or now_ms < tonumber(stored[6] or 0)
    or last + 1 < remembered and stored[2] == expected_epoch then
  -- Where there was none, this Redis has also forgotten who was here.
  stored = {history, fresh_epoch, stored[2] or '0', stored[4] or (stored[1] and '0' or now_ms)}
  redis.call('HSET', KEYS[EPOCH], 'history', history, 'epoch', fresh_epoch, 'previous', stored[3], 'opened', now_ms,
      'emptied', stored[4], 'installation', installation, 'dropped', 0)
end
local _, epoch, previous, emptied = unpack(stored)
emptied = tonumber(emptied or 0)

-- Whether so many values, sent behind a place, are numbers within limits.
local function none_above(most, at, many)
  return many == 0 or math.max(unpack(sent, at + 1, at + many)) <= most
end

local function none_below(least, at, many)
  return many == 0 or math.min(unpack(sent, at + 1, at + many)) >= least
end

-- First look at everything, then write: a script that fails half way is not undone.
local viewed, states, heads, behind = {}, {}, {}, {} -- by site: behind what its values stand, and its views among all
for k = 1, kinds do
  viewed[k] = slices(KEYS[KEYS_BEFORE + 2 * k - 1], KEYS[KEYS_BEFORE + 2 * k], sent[HEAD + k], now_ms)
end
local stale = epoch ~= expected_epoch
local key, at = KEYS_BEFORE + 2 * kinds, HEAD + kinds
for s = 1, sites do
  local from, till, _, mark, bots, window, gap, kind, visitors, pages, once, referrers =
      unpack(sent, at + 1, at + HEAD_OF_SITE)
  stale = stale or now_ms < from or now_ms >= till
  assert(type(mark) == 'string' and math.max(bots, window, gap), 'not a site')
  heads[s], at = at, at + HEAD_OF_SITE
  assert(none_above(pages, at + 2 * visitors, visitors), 'not visitors')
  at = at + 4 * visitors
  assert(none_above(math.huge, at + pages, pages), 'not pages')
  at = at + 3 * pages
  assert(none_below(1, at + once, once) and none_above(pages, at + once, once), 'not views')
  assert(none_above(referrers, at + 2 * once, once), 'not views')
  if once > 0 then
    behind[s] = ask(viewed[kind], at, once)
  end
  at = at + 3 * once
  assert(none_above(math.huge, at + referrers, referrers), 'not referrers')
  at = at + 2 * referrers
  states[s] = KEYS[key + STATE]
  key = key + KEYS_PER_SITE + pages
end
assert(#KEYS == key and #sent == at, 'miscounted')
if stale and not recorded then
  return {0, now_ms, epoch, previous}
end
local known = redis.call('MGET', unpack(states))
for s = 1, sites do
  known[s] = recalled(known[s])
end

if recorded then
  -- WAIT waits for what was last written on its connection, from Redis 7.2 on. The batch may have been on another one.
  redis.call('EXPIRE', KEYS[WRITER], text(writer_memory))
else
  redis.call('SET', KEYS[WRITER], text(sequence), 'EX', text(writer_memory))
  for k = 1, kinds do
    look_up(viewed[k], most_viewed)
  end
end

local answer, changed_states, crowded = {recorded and 2 or 1, now_ms, 0}, {}, {}
key = KEYS_BEFORE + 2 * kinds
for s = 1, sites do
  at = heads[s]
  local _, _, hour, mark, bots, window, gap, kind, visitors, pages, once, referrers =
      unpack(sent, at + 1, at + HEAD_OF_SITE)
  local at_visitors = at + HEAD_OF_SITE
  local at_pages = at_visitors + 4 * visitors
  local at_once = at_pages + 3 * pages
  local at_referrers = at_once + 3 * once

  local site = known[s]
  local changed = look_around(site, key, now, window, gap, most_visitors)
  local visits, landed, grew, devices = 0, nil, false, nil
  if visitors > 0 and not recorded then
    visits, landed, grew, devices = see(site, key, gap, at_visitors + 1, at_visitors + visitors)
    changed = true
  end
  if changed then
    changed_states[#changed_states + 1] = states[s]
    changed_states[#changed_states + 1] = cmsgpack.pack(site)
  end
  local online = site[COUNT]
  answer[#answer + 1] = emptied > now_ms - window * 1000 and -1 - online or online

  local its_viewed = not recorded and once > 0 and viewed[kind]
  if its_viewed then
    for i = 1, once do
      if its_viewed.fresh[behind[s] + i] then
        local page, referrer = at_pages + pages + sent[at_once + once + i], sent[at_once + 2 * once + i]
        sent[page] = sent[page] + 1
        if referrer > 0 then
          sent[at_referrers + referrers + referrer] = sent[at_referrers + referrers + referrer] + 1
        end
      else
        repeated_views = repeated_views + 1
      end
    end
  end

  local day, of_hour = KEYS[key + DAY], fields_of(hour)
  local sums = sums_of(day, of_hour)
  local place_of_sums = #answer
  answer[place_of_sums + 1], answer[place_of_sums + 2] = 0, 0
  if recorded then
    read_pages(answer, key, at_pages, pages)
  else
    if sums[MINUTE] ~= minute then
      sums[MINUTE], sums[NEW] = minute, 0
    end
    local pages_before = sums[PAGES]
    if is_crowded(sums, limits) then
      crowded[#crowded + 1] = s
    end
    local views, within, downloads = count_pages(answer, key, at_pages, pages, limits, sums, landed)
    if its_viewed then
      remember(its_viewed, behind[s], at_once, once, within)
    end
    if views + visits + bots + downloads > 0 then
      if sums[VIEWS] == 0 then
        redis.call('SADD', KEYS[key + DAYS], mark)
      end
      add_to_sums(day, of_hour, sums, views, visits, bots, sums[PAGES] > pages_before)
      if downloads > 0 then
        redis.call('HINCRBY', day, 'd' .. hour, text(downloads))
      end
      redis.call('SADD', KEYS[key + DIRTY], mark .. ':' .. hour)
      for device, began in pairs(devices or {}) do
        redis.call('HINCRBY', day, 'm' .. device, text(began))
        redis.call('SADD', KEYS[key + DIRTY], mark .. ':' .. device)
      end
      if grew then
        redis.call('SADD', KEYS[key + DIRTY], mark .. ':visitors')
      end
    end
    if referrers > 0 then
      add_referrers(KEYS[key + REFERRERS], at_referrers, referrers, most_referrers)
      redis.call('SADD', KEYS[key + DIRTY], mark .. ':referrers')
    end
  end
  answer[place_of_sums + 1], answer[place_of_sums + 2] = sums[VIEWS], sums[VISITS]
  key = key + KEYS_PER_SITE + pages
end
for k = 1, kinds do
  keep(viewed[k])
end
if #changed_states > 0 then
  redis.call('MSET', unpack(changed_states))
end
if repeated_views > 0 and not recorded then
  redis.call('SET', KEYS[WRITER], text(sequence) .. ':' .. repeated_views, 'EX', text(writer_memory))
end
answer[3] = repeated_views
for i = 1, #crowded do
  answer[#answer + 1] = crowded[i]
end
return answer
