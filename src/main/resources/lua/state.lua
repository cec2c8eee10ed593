-- What is kept of a site from one batch to the next: in one string, since one command reads the strings of all sites of
-- a batch, and one writes them. It does not expire: what is in it says itself until when it is of use. No register is
-- in it: another script, or none, may have written those meanwhile. Part of record_hits.lua.

-- SECOND      of the last batch; all numbers of visitors are those of it
-- COUNT       visitors online
-- WINDOW      the online window that the ring was kept for (s)
-- RING_SINCE  in which second it was begun
-- RUNNING     visitors last seen in this second, who are not in the ring yet
-- TURN, SINCE which of the two hashes of visitors is young (0, 1), and since which second
-- ROOM        how many more visitors may be remembered
-- LASTING     in which second the young hash was last told when to expire
local SECOND, COUNT, WINDOW, RING_SINCE, RUNNING, TURN, SINCE, ROOM, LASTING = 1, 2, 3, 4, 5, 6, 7, 8, 9
local PLACES = 9

local function recalled(stored)
  local site = stored and cmsgpack.unpack(stored)
  return site and #site == PLACES and site or {0, 0, 0, 0, 0, 0, 0, 0, 0}
end
