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

local function sums_of(day, fields)
  local sums = redis.call('HMGET', day, unpack(fields))
  for i = 1, #fields do
    sums[i] = tonumber(sums[i] or 0)
  end
  return sums
end

local function changes(fields, was, sums)
  local all = {}
  for i = 1, #fields do
    if sums[i] ~= was[i] then
      all[#all + 1] = fields[i]
      all[#all + 1] = text(sums[i])
    end
  end
  return all
end

local function set_bit(shards, shard)
  redis.call('SETBIT', shards, string.match(shard, '%d+$'), '1')
end

-- Appends to the answer what each page has now, or -1. `of` are the keys of the day and its limits, `sums` the sums of
-- the day, in which new pages are counted. Returns the views of all pages, which pages are within the limits, and which
-- ones changed.
local function count_pages(answer, of, sums, now_ms, pages, shards, views, names, landed)
  local within, changed, all = {}, {}, 0
  for i = 1, #pages do
    local page, shard, n = pages[i], shards[i], views[i]
    local room = sums[PAGES] < of.most_pages and (of.most_new == 0 or sums[NEW] < of.most_new)
    within[i] = room or redis.call('HEXISTS', shard, page) == 1
    if n == 0 then
      answer[#answer + 1] = tonumber(redis.call('HGET', shard, page) or (room and 0 or -1))
    elseif within[i] then
      local now_viewed = redis.call('HINCRBY', shard, page, text(n))
      answer[#answer + 1] = now_viewed
      if names[i] ~= '' then
        redis.call('HSET', of.names, page, text(now_ms) .. '\n' .. names[i])
      end
      if now_viewed == n then
        sums[PAGES], sums[NEW] = sums[PAGES] + 1, sums[NEW] + 1
        set_bit(of.shards, shard)
      end
    else
      -- The limit of pages is reached: the view counts, for the page ~other.
      if redis.call('HINCRBY', of.other, of.other_page, text(n)) == n then
        set_bit(of.shards, of.other)
        redis.call('HSET', of.names, of.other_page, text(now_ms) .. '\n~other\n')
      end
      answer[#answer + 1] = -1
    end
    all = all + n
    if n > 0 or landed[i] then
      local counted, counted_in = page, shard
      if not within[i] then
        counted, counted_in = of.other_page, of.other
      end
      changed[#changed + 1] = counted
      if landed[i] and redis.call('HINCRBY', counted_in, 'n' .. counted, text(landed[i])) == landed[i] and n == 0 then
        set_bit(of.shards, counted_in)
      end
    end
  end
  return all, within, changed
end

-- Appends to the answer what each page has, or -1.
local function read_pages(answer, pages, shards)
  for i = 1, #pages do
    answer[#answer + 1] = tonumber(redis.call('HGET', shards[i], pages[i]) or -1)
  end
end
