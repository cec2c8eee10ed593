-- How many visitors were last seen in each second of the online window: 4 bytes a second, in a ring one longer than the
-- window. Part of record_hits.lua and read_site.lua.

local SECONDS_AT_ONCE = 500 -- Lua's stack takes about 8000 values

local function slot(size, second)
  return '#' .. second % size
end

-- How many were last seen in the slots of these seconds, each a window and a second before; `clear` makes room for the
-- seconds themselves.
local function in_slots(ring, size, from, to, clear)
  local count = 0
  for first = from, to, SECONDS_AT_ONCE do
    local commands = {}
    for second = first, math.min(to, first + SECONDS_AT_ONCE - 1) do
      local at = #commands
      commands[at + 1], commands[at + 2], commands[at + 3] = clear and 'SET' or 'GET', 'u32', slot(size, second)
      if clear then
        commands[at + 4] = '0'
      end
    end
    for _, n in ipairs(redis.call(clear and 'BITFIELD' or 'BITFIELD_RO', ring, unpack(commands))) do
      count = count + n
    end
  end
  return count
end
