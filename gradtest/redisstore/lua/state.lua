-- The part that all scripts of the gate begin with: the state of one app's limits, and the arithmetic on it. It is package
-- window's, in microseconds of a clock that only this file reads. ARGV[1] is JSON, see request in call.go.

local a = cjson.decode(ARGV[1])
local KEEP = 49 * 3600 * 1000     -- ms: past the longest window that a server is believed, and its penalty
local GRACE = 1000 * 1000         -- how long a place in line may let its moment pass before it is passed over
local SLACK = 1000 * 1000         -- how far the clock may run ahead of what a caller has measured
local MINUTE = 60 * 1000 * 1000
local S, now
local told = {}                   -- ids to be called, by the channel of their process

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
  if a.ref > 0 and a.epoch == S.epoch then
    t = math.min(t, math.max(S.last, a.ref + a.elapsed + SLACK))
  end
  t = math.max(t, S.last)
  S.off, S.last = t - wall, t
  return t
end

-- forget notes that what was known in an epoch is lost. Nothing is admitted until it can matter no more.
local function forget(epoch)
  table.insert(S.lost, epoch)
  if #S.lost > 16 then table.remove(S.lost, 1) end
  S.quar = math.max(S.quar, now + a.forget)
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
  table.insert(b.s, i + 1, at)
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
      b = {}, c = {}, q = {}, m = {}, lost = {}, x = {} }
    if a.epoch ~= '' then
      forget(a.epoch)
    elseif up < a.forget then
      S.quar = now + a.forget - up -- it may have been another server a moment ago
    end
  end
  for id, c in pairs(S.c) do
    if c.at + c.t <= now then finish(id, c.at + c.t) end
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

-- room tells when one more call fits into a group.
local function room(g, load)
  local b, busy, away = S.b[g], load.busy[g] or 0, load.away[g] or 0
  local o = { at = now, soon = now, known = true, why = '', g = g }
  if b.n > 0 then
    local at = freed(b, busy)
    if not b.warm and busy > 0 then
      o.known, o.why, o.at = false, 'unconfirmed', load.again[g]
    elseif not at then
      o.known, o.why, o.at = false, 'full', load.again[g]
      at = freed(b, away)
      if not at then
        o.soon = now + b.w
      elseif at > now then
        o.soon = at
      end
    elseif at > now then
      o.at, o.soon, o.why = at, at, 'full'
      if at > now + b.w and away > 0 then o.soon = now + b.w end
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

-- look tells when a place's call may go, behind the load of those before it.
local function look(p, load)
  local o = { at = now, soon = now, known = true, why = '', g = '' }
  if S.closed > now then o.at, o.soon, o.why = S.closed, S.closed, 'closed' end
  if S.quar > o.at then o.at, o.soon, o.why = S.quar, S.quar, 'forgotten' end
  for _, g in ipairs(p.g) do
    local r = room(g, load)
    if outranks(r, o) then o.g, o.why = r.g, r.why end
    if o.known and r.known then
      o.at = math.max(o.at, r.at)
    elseif o.known then
      o.known, o.at = false, r.at
    elseif not r.known then
      o.at = earlier(o.at, r.at)
    end
    o.soon = math.max(o.soon, r.soon)
  end
  o.ready = o.known and o.at <= now
  return o
end

local function tell(p)
  if not told[p.p] then told[p.p] = {} end
  table.insert(told[p.p], p.i)
end

-- passOver gives up a place whose process has let its moment pass, and with it all places of that process. One that
-- lives is told, and gets its places back by their numbers.
local function passOver(dead)
  for i = #S.q, 1, -1 do
    local p = S.q[i]
    if p.i == dead.i or p.p == dead.p and p.p ~= a.owner then
      tell(p)
      table.remove(S.q, i)
    end
  end
end

-- pass looks at every place in line, in order, and calls those whose moment has become known or has come nearer. It
-- returns the outlook of the place of id me, and whether it has to be done again since a place was passed over.
local function pass(me)
  local load, mine = { busy = {}, away = {}, again = {} }, nil
  for _, c in pairs(S.c) do
    for _, g in ipairs(c.g) do
      load.busy[g] = (load.busy[g] or 0) + 1
      load.away[g] = load.busy[g]
      load.again[g] = earlier(load.again[g], c.at + c.t)
    end
  end
  for _, p in ipairs(S.q) do
    local o = look(p, load)
    if p.i == me then
      mine = o
      p.a = o.known and o.at or nil
    elseif o.known then
      if o.ready and p.a and p.a + GRACE < now then
        passOver(p)
        return nil, true
      end
      if not p.a or o.at < p.a then
        p.a = math.max(o.at, now)
        tell(p)
      end
    end
    for _, g in ipairs(p.g) do
      load.busy[g] = (load.busy[g] or 0) + 1
      if p.a then load.again[g] = earlier(load.again[g], math.max(now, p.a) + GRACE + SLACK / 10) end
    end
  end
  return mine, false
end

local function walk(me)
  while true do
    local mine, again = pass(me)
    if not again then return mine end
  end
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
  for owner, ids in pairs(told) do
    redis.call('PUBLISH', a.bell .. owner, cjson.encode(ids))
  end
end

-- reply is what every script returns; see reply in call.go.
local function reply(what, o)
  o = o or { soon = now, why = '', g = '' }
  local wait = -1
  if o.at then wait = math.max(0, o.at - now) end
  return { what, S.epoch, S.ver, now, wait, math.max(0, o.soon - now), o.why, o.g, o.seq or 0 }
end
