-- Returns the days that have lines, and how many each has: key, number, key, number and so on.
--
-- KEYS: the index of days. ARGV: the first day that matters, as a key.

local reply = {}
for _, day in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if day >= ARGV[1] then
    table.insert(reply, day)
    table.insert(reply, redis.call('ZCARD', day))
  end
end
return reply
