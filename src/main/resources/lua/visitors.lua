-- Who is seen, and who is online. Part of record_hits.lua, which has its keys and arguments described.
--
-- Who was seen is in one of two hashes, in the old one until seen again. They change places when the young one is as
-- old as the gap that ends a visit: then the old one, whose visits are all over, is dropped as a whole. How many were
-- last seen in each second of the online window is counted in a ring, so that who leaves is counted, not looked for.

local WRAP = 100000 -- of the seconds that are remembered: more than two of the longest gaps
local RECOUNTED = 3600 -- how often who is online is counted anew: a difference, whatever made it, does not stay

-- Brings what is known of a site's visitors up to this second; returns whether that changed it.
local function look_around(site, key, now, window, gap, most)
  local second = site[SECOND]
  if second > now and second - now <= window then
    now = second
  end
  if second == now and site[WINDOW] == window then
    return false
  end
  local ring, present0, present1 = KEYS[key + RING], KEYS[key + PRESENT0], KEYS[key + PRESENT1]
  if now - second >= gap then
    redis.call('UNLINK', present0, present1)
    site[TURN], site[SINCE], site[WINDOW] = 0, now, 0
  elseif now - site[SINCE] >= gap or now < site[SINCE] then
    site[TURN], site[SINCE] = 1 - site[TURN], now
    redis.call('UNLINK', site[TURN] == 0 and present0 or present1)
  end
  if site[WINDOW] ~= window or now < second then
    -- Whoever was seen before counts again when seen again.
    redis.call('UNLINK', ring)
    site[COUNT], site[RUNNING], site[WINDOW] = 0, 0, window
    site[RING_SINCE] = second == now and now + 1 or now
  elseif now - second > window then
    redis.call('UNLINK', ring)
    site[COUNT], site[RUNNING] = 0, 0
  else
    if site[RUNNING] > 0 then
      redis.call('BITFIELD', ring, 'SET', 'u32', slot(window + 1, second), site[RUNNING])
      site[RUNNING] = 0
    end
    site[COUNT] = math.max(0, site[COUNT] - in_slots(ring, window + 1, second + 1, now, true))
    if math.floor(now / RECOUNTED) ~= math.floor(second / RECOUNTED) then
      site[COUNT] = in_slots(ring, window + 1, now - window, now)
    end
    redis.call('EXPIRE', ring, gap)
  end
  site[ROOM] = most - redis.call('HLEN', present0) - redis.call('HLEN', present1)
  site[SECOND] = now
  return true
end

-- When each was last seen, or false.
local function last_seen(young, old, from, to)
  local seen = redis.call('HMGET', young, unpack(sent, from, to))
  local missing, places = nil, nil
  for i = 1, #seen do
    if not seen[i] then
      missing, places = missing or {}, places or {}
      missing[#missing + 1], places[#places + 1] = sent[from + i - 1], i
    end
  end
  if missing then
    local moved = {}
    for i, at in ipairs(redis.call('HMGET', old, unpack(missing))) do
      if at then
        seen[places[i]], moved[#moved + 1] = at, missing[i]
      end
    end
    if #moved > 0 then
      redis.call('HDEL', old, unpack(moved))
    end
  end
  return seen
end

-- The id of the day before, by which a visit goes on over midnight.
local function take_before(young, old, before)
  local at = before ~= '' and (redis.call('HGET', young, before) or redis.call('HGET', old, before))
  if at then
    redis.call('HDEL', young, before)
    redis.call('HDEL', old, before)
  end
  return at
end

-- Marks the visitors at these places as seen; behind them are their ids of the day before, which page each viewed first,
-- and their devices. Returns how many visits began, how many on which page (nil where none did), whether there is a new
-- visitor today, and how many visits began with which device.
local function see(site, key, gap, from, to)
  local now, window, ring_size = site[SECOND], site[WINDOW], site[WINDOW] + 1
  local ring, young, old = KEYS[key + RING], KEYS[key + PRESENT0], KEYS[key + PRESENT1]
  if site[TURN] == 1 then
    young, old = old, young
  end
  local viewed_now = string.format('%d', now % WRAP)
  local came_now = viewed_now .. 'h'
  local many = to - from + 1
  local seen = last_seen(young, old, from, to)
  local marks, visits, new, landed, devices, left = {}, 0, nil, nil, nil, nil
  for i = 1, many do
    local visitor, page, at = sent[from + i - 1], sent[to + many + i], seen[i]
    local before = not at and take_before(young, old, sent[to + i])
    at = at or before
    -- An h stands behind the time while a visitor has only sent heartbeats.
    local viewed = at and tonumber(at)
    local ago = at and (now - (viewed or tonumber(string.sub(at, 1, -2)))) % WRAP or math.huge
    local visiting = viewed and ago < gap
    if at or site[ROOM] > 0 then
      marks[#marks + 1] = visitor
      marks[#marks + 1] = (page > 0 or visiting) and viewed_now or came_now
      if ago > window or now - ago < site[RING_SINCE] then
        site[COUNT] = site[COUNT] + 1
        site[RUNNING] = site[RUNNING] + 1
      elseif ago > 0 then
        local its = slot(ring_size, now - ago)
        left = left or {}
        left[its] = (left[its] or 0) + 1
        site[RUNNING] = site[RUNNING] + 1
      end
      if page > 0 and not visiting then
        visits = visits + 1
        landed = landed or {}
        landed[page] = (landed[page] or 0) + 1
        local device = sent[to + 2 * many + i]
        devices = devices or {}
        devices[device] = (devices[device] or 0) + 1
      end
      if not at then
        site[ROOM] = site[ROOM] - 1
      end
    end
    if page > 0 and (before or not visiting) then
      new = new or {}
      new[#new + 1] = visitor
    end
  end
  if #marks > 0 then
    redis.call('HSET', young, unpack(marks))
    if left then
      local moves = {'OVERFLOW', 'SAT'}
      for its, n in pairs(left) do
        local at = #moves
        moves[at + 1], moves[at + 2], moves[at + 3], moves[at + 4] = 'INCRBY', 'u32', its, -n
      end
      redis.call('BITFIELD', ring, unpack(moves))
    end
    if site[LASTING] ~= now then
      redis.call('EXPIRE', young, 2 * gap)
      site[LASTING] = now
    end
  end
  return visits, landed, new and redis.call('PFADD', KEYS[key + VISITORS], unpack(new)) == 1, devices
end
