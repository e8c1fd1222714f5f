-- Appends lines if the caller has seen all that there is, and otherwise returns what is new and appends nothing. So a
-- decision that was made from what the caller had seen is booked only if nothing came in between.
--
-- KEYS: the index of days, then n days, then m leases of sessions. ARGV: how long days are kept after the last append to
-- them (ms), n, for each day the number of lines seen, then for each new line the number of its day and the line.
-- Returns: 1 if it appended, the server's time (ms), for each day the new lines, for each lease its value.

local keep, n = tonumber(ARGV[1]), tonumber(ARGV[2])
local t = redis.call('TIME')
local ms = math.floor(t[1] * 1000 + t[2] / 1000)
local news, leases, current = {}, {}, 1
for i = 1, n do
  local seen = tonumber(ARGV[2 + i])
  local lines = {}
  local card = redis.call('ZCARD', KEYS[1 + i])
  if card < seen then seen = 0 end -- the day was emptied
  if card > seen then
    current, lines = 0, redis.call('ZRANGE', KEYS[1 + i], seen, -1)
  end
  news[i] = lines
end
for i = n + 2, #KEYS do
  table.insert(leases, redis.call('GET', KEYS[i]) or '')
end
if current == 1 then
  local last = {}
  for i = n + 3, #ARGV, 2 do
    local day = KEYS[1 + tonumber(ARGV[i])]
    last[day] = last[day] or redis.call('ZCARD', day)
    last[day] = last[day] + redis.call('ZADD', day, 'NX', last[day] + 1, ARGV[i + 1])
  end
  for day in pairs(last) do
    redis.call('PEXPIRE', day, keep)
    redis.call('ZADD', KEYS[1], ms, day)
  end
end
return { current, ms, news, leases }
