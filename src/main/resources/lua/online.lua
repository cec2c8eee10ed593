-- How many visitors are online in a site. Stands behind ring.lua; part of read_site.lua and read_online.lua.

-- `now` in seconds. -1 - n where n are known, and who came before this Redis was emptied (ms) may still be there.
local function still_online(state, ring, now, forgot)
  local online, stored = 0, redis.call('GET', state)
  if stored then
    local second, count, window = unpack(cmsgpack.unpack(stored))
    if now - second <= window then
      online = math.max(0, count - in_slots(ring, window + 1, second + 1, now))
    end
  end
  return forgot and -1 - online or online
end
