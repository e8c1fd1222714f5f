-- Appends lines to their days in order, all of them or none; see lines.lua.
--
-- KEYS: further, the days. ARGV: further, for each line the index of its day in KEYS and the line.
-- Returns: 1 if there was no evidence before, the versions before and after, and for each day how many lines it had and
-- has.

local had, has = appendLines(4)
local reply = { stored and 0 or 1, before, version }
for i = 3, #KEYS do
  table.insert(reply, had[KEYS[i]])
  table.insert(reply, has[KEYS[i]])
end
return reply
