-- The beginning of the scripts that append lines of evidence to their days.
--
-- KEYS: the index of days, the version of the evidence, then others. The version grows by one with each line. It begins
-- with the time, so that after a loss no version comes again that a process has seen.
-- ARGV: how long days are kept after the last append to them (ms), the channel on which an append is announced, and the
-- id of the caller's store, then others.

local keep, channel, from = tonumber(ARGV[1]), ARGV[2], ARGV[3]
local clock = redis.call('TIME')
local us = clock[1] * 1000000 + clock[2]
local ms = math.floor(us / 1000)
local stored = redis.call('GET', KEYS[2])
local version = tonumber(stored or us)
local before = version

-- appendLines appends lines in order, given from ARGV[first] by pairs of the index of a day in KEYS and a line. A line
-- that is already stored stays where it is, so that an append whose reply was lost can be repeated. It returns the
-- number of lines that each day had and has, by key.
local function appendLines(first)
  local had, has = {}, {}
  for i = first, #ARGV, 2 do
    local day = KEYS[tonumber(ARGV[i])]
    had[day] = had[day] or redis.call('ZCARD', day)
    has[day] = has[day] or had[day]
    local added = redis.call('ZADD', day, 'NX', has[day] + 1, ARGV[i + 1])
    has[day], version = has[day] + added, version + added
  end
  for day in pairs(has) do
    redis.call('PEXPIRE', day, keep)
    redis.call('ZADD', KEYS[1], ms, day)
  end
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ms - keep)
  redis.call('PEXPIRE', KEYS[1], keep)
  local text = string.format('%.0f', version)
  redis.call('SET', KEYS[2], text, 'PX', keep)
  if version > before then redis.call('PUBLISH', channel, text .. ' ' .. from) end
  return had, has
end
