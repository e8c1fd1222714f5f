-- Appends lines if the caller has seen all that there is, and otherwise returns what is new and appends nothing. So a
-- decision that was made from what the caller had seen is booked only if nothing came in between. See lines.lua.
--
-- KEYS: further, n days, then m leases of sessions. ARGV: further, n, how many new lines of a day are returned at most,
-- for each day the number of lines seen, then for each line to append the index of its day in KEYS and the line.
-- Returns: 1 if the caller had seen everything, the server's time (ms), for each day how many lines it has now, or up
-- to which they are returned, for each day the new lines, for each lease how long it is kept (ms; -1: given up, -2:
-- there is none), the version of what is returned (0: there is more), and 1 if there was no evidence before.

local n, page = tonumber(ARGV[4]), tonumber(ARGV[5])
local counts, news, leases, current, all = {}, {}, {}, 1, true
for i = 1, n do
  local seen, count = tonumber(ARGV[5 + i]), redis.call('ZCARD', KEYS[2 + i])
  if count < seen then seen = 0 end -- the day was removed; what it is filled with now is new
  counts[i], news[i] = count, {}
  if count > seen then
    current, news[i] = 0, redis.call('ZRANGE', KEYS[2 + i], seen, seen + page - 1)
    counts[i] = seen + #news[i]
    all = all and counts[i] == count
  end
end
for i = n + 3, #KEYS do
  local value, left = redis.call('GET', KEYS[i]), -2
  if value == 'closed' then
    left = -1
  elseif value then
    left = redis.call('PTTL', KEYS[i])
  end
  leases[i - n - 2] = left
end
local created = 0
if current == 1 and #ARGV > n + 5 then
  local _, has = appendLines(n + 6)
  for i = 1, n do counts[i] = has[KEYS[2 + i]] or counts[i] end
  created = stored and 0 or 1
elseif not stored then
  version = 0
end
return { current, ms, counts, news, leases, all and version or 0, created }
