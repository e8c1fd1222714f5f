-- Appends lines if the caller has seen all that there is, and otherwise returns what is new and appends nothing. So a
-- decision that was made from what the caller had seen is booked only if nothing came in between.
--
-- KEYS: the index of days, then n days, then m leases of sessions. ARGV: how long days are kept after the last append
-- to them (ms), n, for each day the number of lines seen, then for each new line the number of its day and the line.
-- Returns: 1 if the caller had seen everything, the server's time (ms), for each day how many lines it has now, for
-- each day the new lines, for each lease how long it is kept (ms; -1: given up, -2: there is none).

local keep, n = tonumber(ARGV[1]), tonumber(ARGV[2])
local t = redis.call('TIME')
local ms = math.floor(t[1] * 1000 + t[2] / 1000)
local counts, news, leases, current = {}, {}, {}, 1
for i = 1, n do
  local seen, count = tonumber(ARGV[2 + i]), redis.call('ZCARD', KEYS[1 + i])
  if count < seen then seen = 0 end -- the day was removed; what it is filled with now is new
  counts[i], news[i] = count, {}
  if count > seen then
    current, news[i] = 0, redis.call('ZRANGE', KEYS[1 + i], seen, -1)
  end
end
for i = n + 2, #KEYS do
  local value, left = redis.call('GET', KEYS[i]), -2
  if value == 'closed' then
    left = -1
  elseif value then
    left = redis.call('PTTL', KEYS[i])
  end
  leases[i - n - 1] = left
end
if current == 1 and #ARGV > n + 2 then
  local touched = {}
  for i = n + 3, #ARGV, 2 do
    local day = tonumber(ARGV[i])
    counts[day] = counts[day] + redis.call('ZADD', KEYS[1 + day], 'NX', counts[day] + 1, ARGV[i + 1])
    touched[KEYS[1 + day]] = true
  end
  for key in pairs(touched) do
    redis.call('PEXPIRE', key, keep)
    redis.call('ZADD', KEYS[1], ms, key)
  end
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ms - keep)
  redis.call('PEXPIRE', KEYS[1], keep)
end
return { current, ms, counts, news, leases }
