-- Who is seen, and who is online. Part of record_hits.lua, which has its keys and arguments described.

-- Marks visitors as seen; returns how many visits began, how many on which page, how many visitors came online.
local function see(presence, sketch, first, count, now, window, gap, most)
  local ids, viewing, landed = {}, {}, {}
  for i = 0, count - 1 do
    ids[i + 1] = ARGV[first + i * 3]
  end
  local seen = redis.call('ZMSCORE', presence, unpack(ids))
  local full = redis.call('ZCARD', presence) + count > most
  -- Made text once: a number costs a printf in every call that takes it.
  local viewed_now, came_now = string.format('%d', now), now .. '.5'
  local scores, visits, came = {}, 0, 0
  for i = 1, count do
    local before, page = ARGV[first + i * 3 - 2], tonumber(ARGV[first + i * 3 - 1])
    local at = tonumber(seen[i])
    if not at and before ~= '' then
      at = tonumber(redis.call('ZSCORE', presence, before))
      if at then
        redis.call('ZREM', presence, before)
      end
    end
    local visiting = at and at > now - gap and at % 1 == 0
    if at or not full then
      scores[#scores + 1] = (page > 0 or visiting) and viewed_now or came_now
      scores[#scores + 1] = ids[i]
      if page > 0 and not visiting then
        visits = visits + 1
        landed[page] = (landed[page] or 0) + 1
      end
      if not at or at < now - window then
        came = came + 1
      end
    end
    if page > 0 then
      viewing[#viewing + 1] = ids[i]
    end
  end
  if #scores > 0 then
    redis.call('ZADD', presence, unpack(scores))
  end
  local grew = #viewing > 0 and redis.call('PFADD', sketch, unpack(viewing)) == 1
  return visits, landed, came, grew
end

-- Counting who is online is only worth it once a second.
local function count_online(online, presence, came, now, window, gap)
  local known = redis.call('HMGET', online, 'second', 'count')
  if tonumber(known[1] or 0) ~= now then
    redis.call('ZREMRANGEBYSCORE', presence, '-inf', now - gap)
    local count = redis.call('ZCOUNT', presence, now - window, '+inf')
    redis.call('HSET', online, 'second', now, 'count', count)
    redis.call('EXPIRE', presence, gap)
    redis.call('EXPIRE', online, gap)
    return count
  end
  return came > 0 and redis.call('HINCRBY', online, 'count', came) or tonumber(known[2])
end
