-- Who is seen, and who is online. Part of record_hits.lua, which has its keys and arguments described.

-- Marks visitors as seen; returns how many visits began, how many on which page, how many visitors came online.
local function see(presence, sketch, visitors, befores, firsts, now, window, gap, most)
  local seen = redis.call('ZMSCORE', presence, unpack(visitors))
  local full = redis.call('ZCARD', presence) + #visitors > most
  -- Made text once: a number costs a printf in every call that takes it.
  local viewed_now = string.format('%d', now)
  local came_now = viewed_now .. '.5'
  local viewing, landed, scores, visits, came = {}, {}, {}, 0, 0
  for i = 1, #visitors do
    local visitor, before, page = visitors[i], befores[i], firsts[i]
    local at = seen[i] and tonumber(seen[i])
    if not at and before ~= '' then
      at = tonumber(redis.call('ZSCORE', presence, before))
      if at then
        redis.call('ZREM', presence, before)
      end
    end
    local visiting = at and at > now - gap and at % 1 == 0
    if at or not full then
      scores[#scores + 1] = (page > 0 or visiting) and viewed_now or came_now
      scores[#scores + 1] = visitor
      if page > 0 and not visiting then
        visits = visits + 1
        landed[page] = (landed[page] or 0) + 1
      end
      if not at or at < now - window then
        came = came + 1
      end
    end
    if page > 0 then
      viewing[#viewing + 1] = visitor
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
