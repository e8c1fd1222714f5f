-- The beginning of all scripts of the gate: the limits of one app and the arithmetic on them. The rules are those of
-- package window; window_test.go compares the two. Times are in microseconds of the server's clock, as function clock
-- reads it. ARGV[1] is JSON, see request in call.go.
--
-- KEYS:
--   1  the limits and the calls in flight, one value, S
--   2  the queued calls, a hash by id
--   3  the times at which queued calls are due, a hash by id; a call is due when it knows that it may go
--   4  the version of the evidence, see lines.lua; only read
-- Besides, each group has a queue, a sorted set of ids by ticket. A decision looks at the calls at the head of a queue
-- and counts the others, so that it takes no longer in a long queue.
--
-- Members of S:
--   v     1, the version of this format
--   epoch name of the epoch, see forget
--   run   id of the server process, see restarted
--   ver   version, one more with each change
--   last  latest time that clock returned
--   off   clock minus the server's clock
--   seq   last ticket
--   closed, quar
--         nothing is admitted before: after a refusal without a group, and in a quarantine
--   b     groups by name: n limit; w window; p penalty; ln, lw whether a server has stated n and w; warm whether an
--         answer has confirmed the limit; ref time of the last refusal; pen end of the penalty; st foreign calls;
--         s ends of the calls whose slots are or were in use, ascending
--   c     calls in flight by id: k nonce; s ticket; at when admitted; t timeout; g groups; o operation; p owner, if it
--         has a lease, see depart
--   m     group in which an operation is answered, by operation, if it differs from the one of its calls
--   lost  names of the last epochs that have been lost
--   x     calls that have been given up or settled after a loss, by id: t when; e end of the slot; g groups
-- A queued call q has k, s, g, o and t as one in flight, and i id, p owner.

local a = cjson.decode(ARGV[1])
local KEEP = 49 * 3600 * 1000     -- ms: more than the longest window that a server is believed, and its penalty
local GRACE = 1000 * 1000         -- how late a queued call may ask before it is taken for dead
local SLACK = 1000 * 1000         -- how far the server's clock may run ahead of what a caller has measured
local MINUTE = 60 * 1000 * 1000
local S, now
local written                     -- when the state was written last; nil: there is none
local wakes = {}                  -- messages: when calls may go, in microseconds from now, by id, by owner
local sooner = false              -- whether queued calls may be due sooner than they know

local function contains(list, x)
  for _, y in ipairs(list) do
    if y == x then return true end
  end
  return false
end

local function server()
  local text = redis.pcall('INFO', 'server')
  if type(text) ~= 'string' then return '', 0 end -- no permission: a restart is noticed by the version alone
  local up = tonumber(string.match(text, 'uptime_in_seconds:(%d+)') or '0')
  return string.match(text, 'run_id:(%w+)') or '', math.max(0, up - 1) * 1000000
end

-- clock returns the server's time, made monotonic. It also does not run ahead of what the caller has measured since it
-- last saw this clock, because a server clock that is set forward would free slots early.
local function clock(wall)
  local t = wall + S.off
  if a.clock > 0 and a.epoch == S.epoch then
    t = math.min(t, math.max(S.last, a.clock + a.elapsed + SLACK))
  end
  t = math.max(t, S.last)
  S.off, S.last = t - wall, t
  return t
end

-- forget records that what was known in an epoch is lost, and starts a quarantine: nothing is admitted until the lost
-- calls, which were made before since, cannot matter any more. Afterwards each group starts with a single call.
local function forget(epoch, since)
  table.insert(S.lost, epoch)
  if #S.lost > 16 then table.remove(S.lost, 1) end
  S.quar = math.max(S.quar, since + a.quarantine)
  for _, b in pairs(S.b) do
    b.warm, b.ref = false, now
  end
end

-- newEpoch replaces the current epoch, which is lost.
local function newEpoch(since)
  local old = S.epoch
  S.epoch = a.next
  forget(old, since)
end

-- spend adds a slot by the time at which its call ended.
local function spend(b, at)
  local i = #b.s
  while i > 0 and b.s[i] > at do i = i - 1 end
  sooner = sooner or i < #b.s
  table.insert(b.s, i + 1, at)
end

-- refund removes a slot by the time at which its call ended.
local function refund(b, at)
  for i, e in ipairs(b.s) do
    if e == at then
      table.remove(b.s, i)
      return
    end
  end
end

-- finish ends a call in flight: its slots are free one window after at.
local function finish(id, at)
  for _, g in ipairs(S.c[id].g) do spend(S.b[g], at) end
  S.c[id] = nil
end

-- open reads the state, notices losses, and ends the calls whose timeout is over. It returns false if another version
-- wrote the state.
local function open()
  local t = redis.call('TIME')
  local wall = t[1] * 1000000 + t[2] + a.shift
  local raw = redis.call('GET', KEYS[1])
  if raw then
    S = cmsgpack.unpack(raw)
    if type(S) ~= 'table' or S.v ~= 1 then return false end
    written = S.last
    now = clock(wall)
    if a.epoch == S.epoch then
      if S.ver < a.ver then newEpoch(now) end -- the state is older than what the caller has seen
    elseif a.epoch ~= '' and not contains(S.lost, a.epoch) then
      forget(a.epoch, now)
    end
  else
    local run, up = server()
    now = wall
    S = { v = 1, epoch = a.next, run = run, ver = 0, last = wall, off = 0, seq = 0, closed = 0, quar = 0,
      b = {}, c = {}, m = {}, lost = {}, x = {} }
    if a.epoch ~= '' then
      forget(a.epoch, now)
    elseif up < a.quarantine and not a.fresh then
      S.quar = now + a.quarantine - up -- a server that has just started may have lost everything
    end
  end
  for id, c in pairs(S.c) do
    if c.at + c.t <= now then
      S.x[id] = { t = now, e = c.at + c.t, g = c.g }
      finish(id, c.at + c.t)
    end
  end
  return true
end

-- restarted reports whether another server process wrote the state, which may have known more. If this process started
-- after the state was written, the calls that are missing were made before its start. Otherwise it was a replica, and
-- they may have been made until now.
local function restarted()
  local run, up = server()
  if run == S.run or run == '' then return false end
  local before = S.run
  S.run = run
  if before == '' then return false end
  local since = now
  if written and now - up - 2 * SLACK > written then since = now - up end -- up is known to two seconds
  newEpoch(since)
  return true
end

-- bucket returns a group, and creates it if needed. What no server has stated is as the caller assumes.
local function bucket(name)
  local b, l = S.b[name], a.limits[name]
  if not b then
    b = { n = l.n, w = l.w, p = l.p, ln = false, lw = false, warm = false, ref = 0, pen = 0, st = 0, s = {} }
    S.b[name] = b
  elseif l then
    if not b.ln then b.n = l.n end
    if not b.lw then b.w = l.w end
    b.p = l.p
  end
  return b
end

-- resolveGroups returns the groups of the call, and the one in which its operation was answered before.
local function resolveGroups()
  local set = {}
  for _, g in ipairs(a.groups) do
    bucket(g)
    if not contains(set, g) then table.insert(set, g) end
  end
  local m = S.m[a.op]
  if a.op ~= '' and m and S.b[m] and not contains(set, m) then table.insert(set, m) end
  return set
end

-- freeAt returns when one more call fits in, next to busy calls and the slots still in use; nil: not before a busy call
-- ends.
local function freeAt(b, busy)
  local n = #b.s + busy + 1 - b.n
  if n <= 0 then return 0 end
  if n > #b.s then return nil end
  return b.s[n] + b.w
end

local function earlier(x, y)
  if not x or y and y < x then return y end
  return x
end

-- integer formats a number without an exponent.
local function integer(n) return string.format('%.0f', n) end

local function queueKey(g) return a.queue .. g end

-- queuesOf returns the groups in whose queues a call waits. A call without a group waits in the queue ''.
local function queuesOf(q)
  if #q.g == 0 then return { '' } end
  return q.g
end

local function findQueued(id)
  local raw = redis.call('HGET', KEYS[2], id)
  if raw then return cmsgpack.unpack(raw) end
end

-- enqueue adds a call to its queues, or updates it there.
local function enqueue(q)
  redis.call('HSET', KEYS[2], q.i, cmsgpack.pack(q))
  redis.call('PEXPIRE', KEYS[2], KEEP)
  for _, g in ipairs(queuesOf(q)) do
    redis.call('ZADD', queueKey(g), integer(q.s), q.i)
    redis.call('PEXPIRE', queueKey(g), KEEP)
  end
end

local function dequeue(q)
  redis.call('HDEL', KEYS[2], q.i)
  redis.call('HDEL', KEYS[3], q.i)
  for _, g in ipairs(queuesOf(q)) do redis.call('ZREM', queueKey(g), q.i) end
end

-- setDue records when a queued call is due, as its process knows it; nil: not known.
local function setDue(q, at)
  if at then
    redis.call('HSET', KEYS[3], q.i, integer(math.max(at, now)))
    redis.call('PEXPIRE', KEYS[3], KEEP)
  else
    redis.call('HDEL', KEYS[3], q.i)
  end
end
