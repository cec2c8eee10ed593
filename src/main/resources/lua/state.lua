-- What is kept of a site from one batch to the next: in one string, since one command reads the strings of all sites of
-- a batch, and one writes them. It does not expire: what is in it says itself until when it is of use. No register is
-- in it: another script, or none, may have written those meanwhile. Part of record_hits.lua.

local NOTHING = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

-- second      of the last batch; all numbers of visitors are those of it
-- count       visitors online
-- window      the online window that the ring was kept for (s)
-- ring_since  in which second it was begun
-- running     visitors last seen in this second, who are not in the ring yet
-- turn, since which of the two hashes of visitors is young (0, 1), and since which second
-- room        how many more visitors may be remembered
-- lasting     in which second the young hash was last told when to expire
-- and two places that nothing is in any more
local function recalled(stored)
  local known = stored and cmsgpack.unpack(stored)
  local second, count, window, ring_since, running, turn, since, room, lasting =
      unpack(known and #known == #NOTHING and known or NOTHING)
  return {second = second, count = count, window = window, ring_since = ring_since, running = running, turn = turn,
      since = since, room = room, lasting = lasting, changed = false}
end

local function to_recall(site)
  return cmsgpack.pack({site.second, site.count, site.window, site.ring_since, site.running, site.turn, site.since,
      site.room, site.lasting, 0, 0})
end
