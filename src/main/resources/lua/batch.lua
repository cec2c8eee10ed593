-- A batch as it is sent, and when it came. Part of record_hits.lua, which has its keys and arguments described.

local sent = cmsgpack.unpack(ARGV[1])
local HEAD, HEAD_OF_SITE = 15, 12 -- how many values stand in front of all, and in front of each site's lists

-- Where keys stand: in front of all, before those of the kinds of viewed; and of a site, behind those of the sites before
-- it.
local WRITER, EPOCH, KEYS_BEFORE = 1, 2, 2
local DIRTY, DAYS, STATE, RING, PRESENT0, PRESENT1, VISITORS = 1, 2, 3, 4, 5, 6, 7
local NAMES, DAY, PAGE_DIRTY, SHARDS, REFERRERS, OTHER = 8, 9, 10, 11, 12, 13
local KEYS_PER_SITE = 13 -- and behind them one for each page

local time = redis.call('TIME')
local now = tonumber(time[1])
local now_ms = now * 1000 + math.floor(tonumber(time[2]) / 1000)
