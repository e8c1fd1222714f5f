-- When queued calls may go, and the messages to them. It follows state.lua, which has the members of S, and is a part of all
-- scripts of the gate.

-- inFlight returns how many calls of a group are in flight, and when the first of them times out.
local function inFlight(g)
  local n, first = 0, nil
  for _, c in pairs(S.c) do
    if contains(c.g, g) then
      n, first = n + 1, earlier(first, c.at + c.t)
    end
  end
  return n, first
end

-- head returns the calls at the head of a group's queue, as many as can be due at a known time, and when each is due
-- (false: not known to its process).
local function head(g)
  local b = S.b[g]
  local n = 8 -- a group without a limit: its calls do not wait for each other, but dead ones must be removed
  if b and b.n > 0 then
    local flying = inFlight(g)
    n = b.n - flying
    if not b.warm then n = math.min(n, 1 - flying) end
  end
  if n <= 0 then return {}, {} end
  local ids = redis.call('ZRANGE', queueKey(g), 0, math.min(n, 1000) - 1) -- the others ask by themselves
  if #ids == 0 then return {}, {} end
  return ids, redis.call('HMGET', KEYS[3], unpack(ids))
end

-- groupOutlook returns when a call with ticket s may go, as far as one group is concerned.
local function groupOutlook(g, s)
  local b = S.b[g]
  local o = { at = now, soon = now, known = true, why = '', g = g }
  if b.n > 0 then
    local flying, first = inFlight(g)
    local busy = flying + redis.call('ZCOUNT', queueKey(g), '-inf', '(' .. integer(s))
    local at = freeAt(b, busy)
    if not b.warm and busy > 0 then
      o.known, o.why, o.at, o.far = false, 'unconfirmed', first, busy
    elseif not at then
      o.known, o.why, o.at, o.far = false, 'full', first, busy + 1 - b.n
      at = freeAt(b, flying)
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

-- outranks reports whether outlook x holds the call back more than outlook y.
local function outranks(x, y)
  if x.soon ~= y.soon then return x.soon > y.soon end
  if x.known ~= y.known then return not x.known end
  return (x.at or 0) > (y.at or 0)
end

-- outlook returns when a call may go: at, if known; soon, at the earliest; why and g, what holds it back; far, how many
-- calls have to end before.
local function outlook(q)
  local o = { at = now, soon = now, known = true, why = '', g = '' }
  if S.closed > now then o.at, o.soon, o.why = S.closed, S.closed, 'closed' end
  if S.quar > o.at then o.at, o.soon, o.why = S.quar, S.quar, 'forgotten' end
  for _, g in ipairs(q.g) do
    local r = groupOutlook(g, q.s)
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

-- wake sends a message to a queued call: it may go at a time, or should ask again (nil).
local function wake(q, at)
  if not wakes[q.p] then wakes[q.p] = {} end
  wakes[q.p][q.i] = at and math.max(0, at - now) or 0
end

-- removeDead removes a call that has not asked although it was due, and with it all queued calls of its process. The
-- process gets messages: if it is alive, its calls ask again and get their positions back by their tickets.
local function removeDead(dead)
  wake(dead)
  dequeue(dead)
  if dead.p == a.owner then return end
  local all = redis.call('HGETALL', KEYS[2])
  for i = 2, #all, 2 do
    local q = cmsgpack.unpack(all[i])
    if q.p == dead.p then
      wake(q)
      dequeue(q)
    end
  end
end

-- advance wakes the calls at the head of queues whose time has become known, and removes dead ones. If calls may be due
-- sooner than they know (all), it also looks again at those with a known time. me is the caller's call, which knows
-- already. It returns whether a call was removed, and when the next one may be taken for dead.
local function advance(groups, all, me)
  local next_, removed
  for _, g in ipairs(groups) do
    local again
    repeat
      again = false
      local ids, due = head(g)
      for i, id in ipairs(ids) do
        local at = tonumber(due[i] or nil)
        local late = at and at + GRACE < now
        if id ~= me and (all or late or not at) then
          local q = findQueued(id)
          if not q then
            redis.call('ZREM', queueKey(g), id)
            again = true
            break
          end
          local o = outlook(q)
          if o.ready and late then
            removeDead(q)
            again, removed, all = true, true, true
            break
          elseif o.known and (not at or o.at < at) then
            setDue(q, o.at)
            wake(q, o.at)
            at = math.max(o.at, now)
          end
        end
        if at then next_ = earlier(next_, math.max(at, now) + GRACE + SLACK / 10) end
      end
    until not again
  end
  return removed, next_
end
