-- Who is seen, and who is online. Part of record_hits.lua, which has its keys and arguments described.
--
-- Who was seen is in one of two hashes, in the old one until seen again. They change places when the young one is as
-- old as the gap that ends a visit: then the old one, whose visits are all over, is dropped as a whole. How many were
-- last seen in each second of the online window is counted in a ring, so that who leaves is counted, not looked for.

local WRAP = 100000 -- of the seconds that are remembered: more than two of the longest gaps
local RECOUNTED = 3600 -- how often who is online is counted anew: a difference, whatever made it, does not stay

-- Brings what is known of a site's visitors up to this second.
local function look_around(site, ring, present0, present1, now, window, gap, most)
  if site.second > now and site.second - now <= window then
    now = site.second
  end
  if site.second ~= now or site.window ~= window then
    site.changed = true
    if now - site.second >= gap then
      redis.call('UNLINK', present0, present1)
      site.turn, site.since, site.window = 0, now, 0
    elseif now - site.since >= gap or now < site.since then
      site.turn, site.since = 1 - site.turn, now
      redis.call('UNLINK', site.turn == 0 and present0 or present1)
    end
    if site.window ~= window or now < site.second then
      -- Whoever was seen before counts again when seen again.
      redis.call('UNLINK', ring)
      site.count, site.running, site.window = 0, 0, window
      site.ring_since = site.second == now and now + 1 or now
    elseif now - site.second > window then
      redis.call('UNLINK', ring)
      site.count, site.running = 0, 0
    else
      if site.running > 0 then
        redis.call('BITFIELD', ring, 'SET', 'u32', slot(window + 1, site.second), site.running)
        site.running = 0
      end
      site.count = math.max(0, site.count - in_slots(ring, window + 1, site.second + 1, now, true))
      if math.floor(now / RECOUNTED) ~= math.floor(site.second / RECOUNTED) then
        site.count = in_slots(ring, window + 1, now - window, now)
      end
      redis.call('EXPIRE', ring, gap)
    end
    site.room = most - redis.call('HLEN', present0) - redis.call('HLEN', present1)
    site.second = now
  end
end

-- When each was last seen, or false.
local function last_seen(young, old, visitors)
  local seen = redis.call('HMGET', young, unpack(visitors))
  local missing, places, moved = {}, {}, {}
  for i = 1, #visitors do
    if not seen[i] then
      missing[#missing + 1], places[#places + 1] = visitors[i], i
    end
  end
  if #missing > 0 then
    for i, at in ipairs(redis.call('HMGET', old, unpack(missing))) do
      if at then
        seen[places[i]], moved[#moved + 1] = at, missing[i]
      end
    end
  end
  if #moved > 0 then
    redis.call('HDEL', old, unpack(moved))
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

-- Marks visitors as seen; returns how many visits began, how many on which page, and whether there is a new visitor
-- today.
local function see(site, gap, ring, young, old, sketch, visitors, befores, firsts)
  local now, window, ring_size = site.second, site.window, site.window + 1
  local viewed_now = string.format('%d', now % WRAP)
  local came_now = viewed_now .. 'h'
  local seen = last_seen(young, old, visitors)
  local new, landed, marks, visits, left = {}, {}, {}, 0, {}
  for i = 1, #visitors do
    local page, at = firsts[i], seen[i]
    local before = not at and take_before(young, old, befores[i])
    at = at or before
    -- An h stands behind the time while a visitor has only sent heartbeats.
    local viewed = at and tonumber(at)
    local ago = at and (now - (viewed or tonumber(string.sub(at, 1, -2)))) % WRAP or math.huge
    local visiting = viewed and ago < gap
    if at or site.room > 0 then
      marks[#marks + 1] = visitors[i]
      marks[#marks + 1] = (page > 0 or visiting) and viewed_now or came_now
      if ago > window or now - ago < site.ring_since then
        site.count = site.count + 1
        site.running = site.running + 1
      elseif ago > 0 then
        local its = slot(ring_size, now - ago)
        left[its] = (left[its] or 0) + 1
        site.running = site.running + 1
      end
      if page > 0 and not visiting then
        visits = visits + 1
        landed[page] = (landed[page] or 0) + 1
      end
      if not at then
        site.room = site.room - 1
      end
    end
    if page > 0 and (before or not visiting) then
      new[#new + 1] = visitors[i]
    end
  end
  if #marks > 0 then
    redis.call('HSET', young, unpack(marks))
    if next(left) then
      local moves = {'OVERFLOW', 'SAT'}
      for its, n in pairs(left) do
        local at = #moves
        moves[at + 1], moves[at + 2], moves[at + 3], moves[at + 4] = 'INCRBY', 'u32', its, -n
      end
      redis.call('BITFIELD', ring, unpack(moves))
    end
    if site.lasting ~= now then
      redis.call('EXPIRE', young, 2 * gap)
      site.lasting = now
    end
    site.changed = true
  end
  return visits, landed, #new > 0 and redis.call('PFADD', sketch, unpack(new)) == 1
end
