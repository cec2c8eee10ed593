#!lua flags=allow-oom
-- Forgets that registers are dirty, where they still are what was flushed. They only grow: where their sum is the same,
-- so are they.
-- Called by vn.luot.flush.FlushRegisters, with so few that they are arguments of one command: see vn.luot.live.redis.Script.
--
-- KEYS[1]  set     dirty marks
-- then     any     ARGV[1] other marks, which must be gone first
-- then     hashes  where the registers are, one for each mark
-- ARGV[2]          how many fields of it a mark speaks of; 0: all
-- then per mark: the mark, the sum that was flushed, the fields

local call, others, fields = redis.call, tonumber(ARGV[1]), tonumber(ARGV[2])
if others > 0 and call('EXISTS', unpack(KEYS, 2, 1 + others)) > 0 then
  return
end
local unchanged, at = {}, 3
for i = 2 + others, #KEYS do
  local now = fields == 0 and call('HVALS', KEYS[i]) or call('HMGET', KEYS[i], unpack(ARGV, at + 2, at + 1 + fields))
  local sum = 0
  for j = 1, #now do
    sum = sum + (now[j] or 0)
  end
  if sum == tonumber(ARGV[at + 1]) then
    unchanged[#unchanged + 1] = ARGV[at]
  end
  at = at + 2 + fields
end
if #unchanged > 0 then
  call('SREM', KEYS[1], unpack(unchanged))
end
