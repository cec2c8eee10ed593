-- Counts the views of pages, and the visits that begin on them. Part of record_hits.lua, which has its keys and
-- arguments described.

-- A number costs a printf in every call that takes it; most of them are small and the same.
local texts = {}
local function text(n)
  texts[n] = texts[n] or string.format('%d', n)
  return texts[n]
end

-- The sums of a day, in this order: of the day, of the hour, and how many pages were new in which minute.
local VIEWS, VISITS, HOUR_VIEWS, HOUR_VISITS, HOUR_BOTS, PAGES, MINUTE, NEW = 1, 2, 3, 4, 5, 6, 7, 8

-- The fields of an hour: nearly always that of all sites.
local fields = {}
local function fields_of(hour)
  fields[hour] = fields[hour] or {'v' .. hour, 'n' .. hour, 'b' .. hour}
  return fields[hour]
end

local function sums_of(day, of_hour)
  local sums = redis.call('HMGET', day, 'views', 'visits', of_hour[1], of_hour[2], of_hour[3], 'pages', 'minute', 'new')
  for i = 1, 8 do
    sums[i] = tonumber(sums[i] or 0)
  end
  return sums
end

-- Adds to the sums of a day, and writes those that this changes.
local function add_to_sums(day, of_hour, sums, views, visits, bots, new_pages)
  sums[VIEWS], sums[HOUR_VIEWS] = sums[VIEWS] + views, sums[HOUR_VIEWS] + views
  sums[VISITS], sums[HOUR_VISITS] = sums[VISITS] + visits, sums[HOUR_VISITS] + visits
  if visits > 0 then
    redis.call('HSET', day, 'views', text(sums[VIEWS]), of_hour[1], text(sums[HOUR_VIEWS]),
        'visits', text(sums[VISITS]), of_hour[2], text(sums[HOUR_VISITS]))
  elseif views > 0 then
    redis.call('HSET', day, 'views', text(sums[VIEWS]), of_hour[1], text(sums[HOUR_VIEWS]))
  end
  if bots > 0 then
    redis.call('HSET', day, of_hour[3], text(sums[HOUR_BOTS] + bots))
  end
  if new_pages then
    redis.call('HSET', day, 'pages', text(sums[PAGES]), 'minute', text(sums[MINUTE]), 'new', text(sums[NEW]))
  end
end

local function set_bit(shards, shard)
  redis.call('SETBIT', shards, string.match(shard, '%d+$'), '1')
end

-- Whether new pages of the day, or of the minute, have taken half of their room.
local function is_crowded(sums, limits)
  return 2 * sums[PAGES] >= limits.pages or limits.new > 0 and 2 * sums[NEW] >= limits.new
end

-- Whether a page that was not viewed yet may be counted by itself: see vn.luot.live.record.SiteHits.
local CONFIRMED, KNOWN, REFUSED, MINUS = 50, 43, 45, 45 -- '2', '+', '-'
local function has_room(standing, limits, sums)
  if standing == KNOWN or standing == REFUSED then
    return standing == KNOWN
  end
  local most = standing == CONFIRMED and 2 or 1
  return sums[PAGES] < most * limits.pages and (limits.new == 0 or sums[NEW] < most * limits.new)
end

-- Appends to the answer what each page of a site has now, or -1. So many pages are sent behind a place, behind them
-- their views and what is told of them. `limits` are those of a day, in whose `sums` new pages are counted. Returns the
-- views of all pages, which pages are within the limits, and the downloads of all files.
local function count_pages(answer, key, at, many, limits, sums, landed)
  local within, changed, all, downloads = {}, {}, 0, 0
  for i = 1, many do
    local page, shard, n = sent[at + i], KEYS[key + KEYS_PER_SITE + i], sent[at + many + i]
    local began = landed and landed[i]
    local other_page = limits.other_page
    if n > 0 and string.byte(page) == MINUS then
      other_page, downloads = limits.other_download, downloads + n
    else
      all = all + n
    end
    local name = sent[at + 2 * many + i]
    local standing = name ~= '' and string.byte(name)
    local room = has_room(standing, limits, sums)
    within[i] = room or redis.call('HEXISTS', shard, page) == 1
    if n == 0 then
      answer[#answer + 1] = tonumber(redis.call('HGET', shard, page) or (room and 0 or -1))
    elseif within[i] then
      local now_viewed = redis.call('HINCRBY', shard, page, text(n))
      answer[#answer + 1] = now_viewed
      local line = standing and string.find(name, '\n', 1, true)
      if line then
        redis.call('HSET', KEYS[key + NAMES], page .. ':' .. string.sub(name, 2, line - 1),
            text(now_ms) .. string.sub(name, line))
      end
      if now_viewed == n then
        if standing ~= KNOWN then
          sums[PAGES], sums[NEW] = sums[PAGES] + 1, sums[NEW] + 1
        end
        set_bit(KEYS[key + SHARDS], shard)
      end
    else
      -- The limit of pages is reached: the view counts, for the page ~other.
      local other = KEYS[key + OTHER]
      if redis.call('HINCRBY', other, other_page, text(n)) == n then
        set_bit(KEYS[key + SHARDS], other)
        redis.call('HSET', KEYS[key + NAMES], other_page,
            text(now_ms) .. (other_page == limits.other_page and '\n~other\n' or '\n~download:~other\n'))
      end
      answer[#answer + 1] = -1
    end
    if n > 0 or began then
      local counted, counted_in = page, shard
      if not within[i] then
        counted, counted_in = other_page, KEYS[key + OTHER]
      end
      changed[#changed + 1] = counted
      if began and redis.call('HINCRBY', counted_in, 'n' .. counted, text(began)) == began and n == 0 then
        set_bit(KEYS[key + SHARDS], counted_in)
      end
    end
  end
  if #changed > 0 then
    redis.call('SADD', KEYS[key + PAGE_DIRTY], unpack(changed))
  end
  return all, within, downloads
end

-- Appends to the answer what each page has, or -1.
local function read_pages(answer, key, at, many)
  for i = 1, many do
    answer[#answer + 1] = tonumber(redis.call('HGET', KEYS[key + KEYS_PER_SITE + i], sent[at + i]) or -1)
  end
end
