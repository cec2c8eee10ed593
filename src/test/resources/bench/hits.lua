-- A load for wrk: hits of many visitors on many pages, pages by Zipf's law.
-- Called by vn.luot.bench.Wrk: wrk ... -s hits.lua http://host:port -- path pages visitors seed sites from
-- %d in the path stands for the number of a site. With a `from` that is not -1, pages and visitors come in order instead,
-- each once: this is the first.
-- Prints one line of JSON at the end.

local path, pages, visitors, sites, next_one, cumulated = nil, 0, 0, 1, nil, {}

function init(args)
  path, pages, visitors = args[1], tonumber(args[2]), tonumber(args[3])
  sites = tonumber(args[5])
  next_one = args[6] ~= '-1' and tonumber(args[6]) or nil
  math.randomseed(tonumber(args[4]))
  local sum = 0
  for rank = 1, pages do
    sum = sum + 1 / rank
    cumulated[rank] = sum
  end
end

-- The rank of a page: by halving, the first whose share of the sum reaches a random point.
local function page()
  local point, low, high = math.random() * cumulated[pages], 1, pages
  while low < high do
    local middle = math.floor((low + high) / 2)
    if cumulated[middle] < point then low = middle + 1 else high = middle end
  end
  return low
end

function request()
  local v, p = nil, nil
  if next_one then
    v, p, next_one = next_one % visitors, next_one % pages + 1, next_one + 1
  else
    v, p = math.random(0, visitors - 1), page()
  end
  local address = '10.' .. math.floor(v / 65536) .. '.' .. math.floor(v / 256) % 256 .. '.' .. v % 256
  local body = '{"page":"/tin-tuc/bai-' .. p .. '"}'
  local where = sites > 1 and path:format(math.random(sites)) or path
  return 'POST ' .. where .. ' HTTP/1.1\r\nHost: localhost\r\nOrigin: https://portal.example\r\n'
      .. 'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36\r\n'
      .. 'Accept-Encoding: gzip, deflate\r\n'
      .. 'X-Forwarded-For: ' .. address .. '\r\nContent-Type: application/json\r\nContent-Length: ' .. #body
      .. '\r\n\r\n' .. body
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
      '{"answered":%d,"failed":%d,"micros":%d,"p50":%d,"p99":%d}',
      summary.requests, errors.status + errors.connect + errors.read + errors.write + errors.timeout,
      summary.duration, latency:percentile(50), latency:percentile(99)))
end
