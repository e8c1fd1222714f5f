-- Appends lines to their days in order, all of them or none. A line that is already stored stays where it is, so that
-- an append whose reply was lost can be repeated.
--
-- KEYS: the index of days, then the days. ARGV: how long days are kept after the last append to them (ms), then for
-- each line the index of its day in KEYS and the line.

local keep = tonumber(ARGV[1])
local t = redis.call('TIME')
local ms = math.floor(t[1] * 1000 + t[2] / 1000)
local last = {}
for i = 2, #ARGV, 2 do
  local day = KEYS[tonumber(ARGV[i])]
  last[day] = last[day] or redis.call('ZCARD', day)
  last[day] = last[day] + redis.call('ZADD', day, 'NX', last[day] + 1, ARGV[i + 1])
end
for day in pairs(last) do
  redis.call('PEXPIRE', day, keep)
  redis.call('ZADD', KEYS[1], ms, day)
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ms - keep)
redis.call('PEXPIRE', KEYS[1], keep)
return 1
