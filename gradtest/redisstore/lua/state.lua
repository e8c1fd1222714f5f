-- The part that all scripts of the gate begin with: the state of one app's limits, and the arithmetic on it. It is package
-- window's, in microseconds of a clock that only this file reads. ARGV[1] is JSON, see request in call.go.
--
-- KEYS are the limits and the calls in flight, as one value S; the places in line by id; and the moments that their
-- processes have been told, by id. For each group there is a line: ids by their number. A decision looks at the places
-- whose turn it can be and counts the others, so that it takes no longer when the line is long.

local a = cjson.decode(ARGV[1])
local KEEP = 49 * 3600 * 1000     -- ms: past the longest window that a server is believed, and its penalty
local GRACE = 1000 * 1000         -- how long a place in line may let its moment pass before it is passed over
local SLACK = 1000 * 1000         -- how far the clock may run ahead of what a caller has measured
local MINUTE = 60 * 1000 * 1000
local S, now
local told = {}                   -- who is to be called and when to ask, by id, by the channel of their process
local nearer = false              -- a moment that was told may have come nearer

local function contains(list, x)
  for _, y in ipairs(list) do
    if y == x then return true end
  end
  return false
end

local function server()
  local text = redis.pcall('INFO', 'server')
  if type(text) ~= 'string' then return '', 0 end -- not allowed to: a restart is seen by the version alone
  local up = tonumber(string.match(text, 'uptime_in_seconds:(%d+)') or '0')
  return string.match(text, 'run_id:(%w+)') or '', math.max(0, up - 1) * 1000000
end

-- clock is the server's, which never goes back, and never runs ahead of the time that a caller has measured since it
-- was last told this clock: a step forward would free slots early.
local function clock(wall)
  local t = wall + S.off
  if a.clock > 0 and a.epoch == S.epoch then
    t = math.min(t, math.max(S.last, a.clock + a.elapsed + SLACK))
  end
  t = math.max(t, S.last)
  S.off, S.last = t - wall, t
  return t
end

-- forget notes that what was known in an epoch is lost. Nothing is admitted until it can matter no more.
local function forget(epoch)
  table.insert(S.lost, epoch)
  if #S.lost > 16 then table.remove(S.lost, 1) end
  S.quar = math.max(S.quar, now + a.quarantine)
  for _, b in pairs(S.b) do
    b.warm, b.ref = false, now
  end
end

local function relapse()
  local old = S.epoch
  S.epoch = a.next
  forget(old)
end

-- spend adds a slot by its end.
local function spend(b, at)
  local i = #b.s
  while i > 0 and b.s[i] > at do i = i - 1 end
  nearer = nearer or i < #b.s
  table.insert(b.s, i + 1, at)
end

-- refund takes back a slot that ends at a moment.
local function refund(b, at)
  for i, e in ipairs(b.s) do
    if e == at then
      table.remove(b.s, i)
      return
    end
  end
end

-- finish turns a call in flight into spent slots.
local function finish(id, at)
  for _, g in ipairs(S.c[id].g) do spend(S.b[g], at) end
  S.c[id] = nil
end

local function open()
  local t = redis.call('TIME')
  local wall = t[1] * 1000000 + t[2] + a.shift
  local raw = redis.call('GET', KEYS[1])
  if raw then
    S = cmsgpack.unpack(raw)
    if type(S) ~= 'table' or S.v ~= 1 then return false end
    now = clock(wall)
    if a.epoch == S.epoch then
      if S.ver < a.ver then relapse() end -- it has gone back to what it was
    elseif a.epoch ~= '' and not contains(S.lost, a.epoch) then
      forget(a.epoch)
    end
  else
    local run, up = server()
    now = wall
    S = { v = 1, epoch = a.next, run = run, ver = 0, last = wall, off = 0, seq = 0, closed = 0, quar = 0,
      b = {}, c = {}, m = {}, lost = {}, x = {} }
    if a.epoch ~= '' then
      forget(a.epoch)
    elseif up < a.quarantine then
      S.quar = now + a.quarantine - up -- it may have been another server a moment ago
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

-- restarted tells whether the state was written under another server process, which may have known more.
local function restarted()
  local run = server()
  if run == S.run or run == '' then return false end
  local before = S.run
  S.run = run
  if before == '' then return false end
  relapse()
  return true
end

-- bucket finds or makes a group's. What no server has told yet is as the caller assumes.
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

-- resolve is the groups of a claim, and the one that its operation was answered in.
local function resolve()
  local set = {}
  for _, g in ipairs(a.groups) do
    bucket(g)
    if not contains(set, g) then table.insert(set, g) end
  end
  local m = S.m[a.op]
  if a.op ~= '' and m and S.b[m] and not contains(set, m) then table.insert(set, m) end
  return set
end

-- freed is the moment from which busy calls and one more fit beside the spent slots; nil: they do not even without.
local function freed(b, busy)
  local n = #b.s + busy + 1 - b.n
  if n <= 0 then return 0 end
  if n > #b.s then return nil end
  return b.s[n] + b.w
end

local function earlier(x, y)
  if not x or y and y < x then return y end
  return x
end

local function text(n) return string.format('%.0f', n) end

local function line(g) return a.queue .. g end

-- lines is the groups whose lines a place stands in; without any group it stands in one of its own.
local function lines(p)
  if #p.g == 0 then return { '' } end
  return p.g
end

local function find(id)
  local raw = redis.call('HGET', KEYS[2], id)
  if raw then return cmsgpack.unpack(raw) end
end

-- put gives a place in line, or brings it up to date.
local function put(p)
  redis.call('HSET', KEYS[2], p.i, cmsgpack.pack(p))
  redis.call('PEXPIRE', KEYS[2], KEEP)
  for _, g in ipairs(lines(p)) do
    redis.call('ZADD', line(g), text(p.s), p.i)
    redis.call('PEXPIRE', line(g), KEEP)
  end
end

local function drop(p)
  redis.call('HDEL', KEYS[2], p.i)
  redis.call('HDEL', KEYS[3], p.i)
  for _, g in ipairs(lines(p)) do redis.call('ZREM', line(g), p.i) end
end

-- note keeps the moment that a place's process is told; nil: it is not known.
local function note(p, at)
  if at then
    redis.call('HSET', KEYS[3], p.i, text(math.max(at, now)))
    redis.call('PEXPIRE', KEYS[3], KEEP)
  else
    redis.call('HDEL', KEYS[3], p.i)
  end
end

-- away is how many calls of a group are in flight, and when the first of them is given up.
local function away(g)
  local n, first = 0, nil
  for _, c in pairs(S.c) do
    if contains(c.g, g) then
      n, first = n + 1, earlier(first, c.at + c.t)
    end
  end
  return n, first
end

-- front is the places of a group whose moments can be known, and what has been told of each; false: nothing.
local function front(g)
  local b = S.b[g]
  local n = 8 -- of a group without a limit: nobody waits for them, but the dead have to go
  if b and b.n > 0 then
    local flying = away(g)
    n = b.n - flying
    if not b.warm then n = math.min(n, 1 - flying) end
  end
  if n <= 0 then return {}, {} end
  local ids = redis.call('ZRANGE', line(g), 0, math.min(n, 1000) - 1) -- those behind ask by themselves
  if #ids == 0 then return {}, {} end
  return ids, redis.call('HMGET', KEYS[3], unpack(ids))
end

-- room tells when one more call fits into a group, behind the places before number s.
local function room(g, s)
  local b = S.b[g]
  local o = { at = now, soon = now, known = true, why = '', g = g }
  if b.n > 0 then
    local flying, first = away(g)
    local busy = flying + redis.call('ZCOUNT', line(g), '-inf', '(' .. text(s))
    local at = freed(b, busy)
    if not b.warm and busy > 0 then
      o.known, o.why, o.at, o.far = false, 'unconfirmed', first, busy
    elseif not at then
      o.known, o.why, o.at, o.far = false, 'full', first, busy + 1 - b.n
      at = freed(b, flying)
      if not at then
        o.soon = now + b.w
      elseif at > now then
        o.soon = at
      end
    elseif at > now then
      o.at, o.soon, o.why = at, at, 'full'
      if at > now + b.w and flying > 0 then o.soon = now + b.w end
    end
  end
  if b.pen > now then
    if b.pen > o.soon then o.soon, o.why = b.pen, 'penalty' end
    if o.known then o.at = math.max(o.at, b.pen) end
  end
  return o
end

local function outranks(p, o)
  if p.soon ~= o.soon then return p.soon > o.soon end
  if p.known ~= o.known then return not p.known end
  return (p.at or 0) > (o.at or 0)
end

-- look tells when a place's call may go.
local function look(p)
  local o = { at = now, soon = now, known = true, why = '', g = '' }
  if S.closed > now then o.at, o.soon, o.why = S.closed, S.closed, 'closed' end
  if S.quar > o.at then o.at, o.soon, o.why = S.quar, S.quar, 'forgotten' end
  for _, g in ipairs(p.g) do
    local r = room(g, p.s)
    if outranks(r, o) then o.g, o.why = r.g, r.why end
    if o.known and r.known then
      o.at = math.max(o.at, r.at)
    elseif o.known then
      o.known, o.at = false, r.at
    elseif not r.known then
      o.at = earlier(o.at, r.at)
    end
    o.soon = math.max(o.soon, r.soon)
    o.far = math.max(o.far or 0, r.far or 0)
  end
  o.ready = o.known and o.at <= now
  return o
end

-- tell calls a place's process: it may go at a moment, or should ask again.
local function tell(p, at)
  if not told[p.p] then told[p.p] = {} end
  told[p.p][p.i] = at and math.max(0, at - now) or 0
end

-- passOver gives up a place whose process has let its moment pass, and with it all places of that process. One that
-- lives is told, and gets its places back by their numbers.
local function passOver(dead)
  tell(dead)
  drop(dead)
  if dead.p == a.owner then return end
  local all = redis.call('HGETALL', KEYS[2])
  for i = 2, #all, 2 do
    local p = cmsgpack.unpack(all[i])
    if p.p == dead.p then
      tell(p)
      drop(p)
    end
  end
end

-- pass calls the places in the lines of groups whose moment has become known; where moments may have come nearer (all),
-- it looks at the others in front again, too. It returns whether a place was passed over, and when the next may be.
local function pass(groups, all, me)
  local next_, passed
  for _, g in ipairs(groups) do
    local again
    repeat
      again = false
      local ids, moments = front(g)
      for i, id in ipairs(ids) do
        local at = tonumber(moments[i] or nil)
        local late = at and at + GRACE < now
        if id ~= me and (all or late or not at) then
          local p = find(id)
          if not p then
            redis.call('ZREM', line(g), id)
            again = true
            break
          end
          local o = look(p)
          if o.ready and late then
            passOver(p)
            again, passed, all = true, true, true
            break
          elseif o.known and (not at or o.at < at) then
            note(p, o.at)
            tell(p, o.at)
            at = math.max(o.at, now)
          end
        end
        if at then next_ = earlier(next_, math.max(at, now) + GRACE + SLACK / 10) end
      end
    until not again
  end
  return passed, next_
end

-- save keeps the state and calls those who wait elsewhere.
local function save()
  for _, b in pairs(S.b) do
    local keep = math.max(b.n, 8)
    if #b.s > 2 * keep then
      local rest = {}
      for i, at in ipairs(b.s) do
        if i > #b.s - keep or at + b.w > now then table.insert(rest, at) end
      end
      b.s = rest
    end
  end
  S.ver = S.ver + 1
  redis.call('SET', KEYS[1], cmsgpack.pack(S), 'PX', KEEP)
  for owner, calls in pairs(told) do
    redis.call('PUBLISH', a.channel .. owner, cjson.encode(calls))
  end
end

-- reply is what every script returns; see reply in call.go.
local function reply(what, o)
  o = o or { soon = now, why = '', g = '' }
  local wait = -1
  if o.at then wait = math.max(0, o.at - now) end
  return { what, S.epoch, S.ver, now, wait, math.max(0, o.soon - now), o.why, o.g, o.seq or 0 }
end
