-- A batch as it is sent, and when it came. Part of record_hits.lua, which has its keys and arguments described.

local sent = cmsgpack.unpack(ARGV[1])
local HEAD, HEAD_OF_SITE = 10, 13 -- how many values stand in front of the sites, and in front of each one's lists

-- Where the keys of a site stand among KEYS, behind those of the sites before it.
local EPOCH, DIRTY, DAYS, STATE, RING, PRESENT0, PRESENT1, VISITORS = 1, 2, 3, 4, 5, 6, 7, 8
local NAMES, DAY, PAGE_DIRTY, SHARDS, EVEN, ODD, REFERRERS, OTHER = 9, 10, 11, 12, 13, 14, 15, 16
local KEYS_PER_SITE = 16 -- and behind them one for each page

local time = redis.call('TIME')
local now = tonumber(time[1])
local now_ms = now * 1000 + math.floor(tonumber(time[2]) / 1000)
