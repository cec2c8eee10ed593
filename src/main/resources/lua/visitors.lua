-- Who is seen, and who is online. Part of record_hits.lua, which has its keys and arguments described.
--
-- Who was seen is in one of two hashes, in the old one until seen again. They change places when the young one is as
-- old as the gap that ends a visit: then the old one, whose visits are all over, is dropped as a whole. How many were
-- last seen in each second of the online window is counted in a ring, so that who leaves is counted, not looked for.

local WRAP = 100000 -- of the seconds that are remembered: more than two of the longest gaps
local NOBODY = {0, 0, 0, 0, 0, 0, 0, 0}

-- What is known of a site's visitors, brought up to this second. `keys` are online, ring and both hashes.
local function look_around(keys, now, window, gap, most)
  local online, ring = keys[1], keys[2]
  local stored = redis.call('GET', online)
  local second, count, room, turn, since, ring_since, ring_window, lasting =
      unpack(stored and cmsgpack.unpack(stored) or NOBODY)
  if second > now and second - now <= window then
    now = second
  end
  local begins = second ~= now or ring_window ~= window
  if begins then
    if not stored then
      redis.call('UNLINK', ring, keys[3], keys[4])
      turn, since = 0, now
    elseif now - since >= gap or now < since then
      turn, since = 1 - turn, now
      redis.call('UNLINK', keys[3 + turn])
    end
    if ring_window ~= window or now < second then
      -- Whoever was seen before counts again when seen again.
      redis.call('UNLINK', ring)
      count, ring_since = 0, now
    elseif now - second > window then
      redis.call('UNLINK', ring)
      count = 0
    else
      count = math.max(0, count - in_slots(ring, window + 1, second + 1, now, true))
      redis.call('EXPIRE', ring, gap)
    end
    room = most - redis.call('HLEN', keys[3]) - redis.call('HLEN', keys[4])
  end
  return {online = online, ring = ring, young = keys[3 + turn], old = keys[4 - turn], now = now, count = count,
      room = room, turn = turn, since = since, ring_since = ring_since, window = window, lasting = lasting, gap = gap,
      changed = begins}
end

local function remember_around(here)
  if here.changed then
    redis.call('SET', here.online, cmsgpack.pack({here.now, here.count, here.room, here.turn, here.since,
        here.ring_since, here.window, here.lasting}), 'EX', here.gap)
  end
end

-- When each was last seen, or false.
local function last_seen(here, visitors)
  local seen = redis.call('HMGET', here.young, unpack(visitors))
  local missing, places, moved = {}, {}, {}
  for i = 1, #visitors do
    if not seen[i] then
      missing[#missing + 1], places[#places + 1] = visitors[i], i
    end
  end
  if #missing > 0 then
    for i, at in ipairs(redis.call('HMGET', here.old, unpack(missing))) do
      if at then
        seen[places[i]], moved[#moved + 1] = at, missing[i]
      end
    end
  end
  if #moved > 0 then
    redis.call('HDEL', here.old, unpack(moved))
  end
  return seen
end

-- The id of the day before, by which a visit goes on over midnight.
local function take_before(here, before)
  local at = before ~= '' and (redis.call('HGET', here.young, before) or redis.call('HGET', here.old, before))
  if at then
    redis.call('HDEL', here.young, before)
    redis.call('HDEL', here.old, before)
  end
  return at
end

-- Marks visitors as seen; returns how many visits began, how many on which page, whether there is a new visitor today.
local function see(here, sketch, visitors, befores, firsts)
  local now, window, ring_size = here.now, here.window, here.window + 1
  local viewed_now = string.format('%d', now % WRAP)
  local came_now = viewed_now .. 'h'
  local seen = last_seen(here, visitors)
  local new, landed, marks, visits, left = {}, {}, {}, 0, {}
  for i = 1, #visitors do
    local page, at = firsts[i], seen[i]
    local before = not at and take_before(here, befores[i])
    at = at or before
    -- An h stands behind the time while a visitor has only sent heartbeats.
    local viewed = at and tonumber(at)
    local ago = at and (now - (viewed or tonumber(string.sub(at, 1, -2)))) % WRAP or math.huge
    local visiting = viewed and ago < here.gap
    if at or here.room > 0 then
      marks[#marks + 1] = visitors[i]
      marks[#marks + 1] = (page > 0 or visiting) and viewed_now or came_now
      if ago <= window and now - ago >= here.ring_since then
        local its = slot(ring_size, now - ago)
        left[its] = (left[its] or 0) + 1
      else
        here.count = here.count + 1
      end
      if page > 0 and not visiting then
        visits = visits + 1
        landed[page] = (landed[page] or 0) + 1
      end
      here.room = here.room - (at and 0 or 1)
    end
    if page > 0 and (before or not visiting) then
      new[#new + 1] = visitors[i]
    end
  end
  if #marks > 0 then
    redis.call('HSET', here.young, unpack(marks))
    local moves = {'OVERFLOW', 'SAT', 'INCRBY', 'u32', slot(ring_size, now), #marks / 2}
    for its, n in pairs(left) do
      local at = #moves
      moves[at + 1], moves[at + 2], moves[at + 3], moves[at + 4] = 'INCRBY', 'u32', its, -n
    end
    redis.call('BITFIELD', here.ring, unpack(moves))
    if here.lasting ~= now then
      redis.call('EXPIRE', here.young, 2 * here.gap)
      redis.call('EXPIRE', here.ring, here.gap)
      here.lasting = now
    end
    here.changed = true
  end
  return visits, landed, #new > 0 and redis.call('PFADD', sketch, unpack(new)) == 1
end
