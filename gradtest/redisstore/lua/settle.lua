-- Ends a call: its slots are free one window after the answer, and what the answer states about limits is in force from
-- now on. If the call is not in flight, only the latter applies, unless the call was admitted before the state was
-- lost.

if not open() then return { 'format' } end
local sig, c = a.signal, S.c[a.id]
local stated = sig.group ~= '' or sig.limit > 0 or sig.window > 0 or sig.remaining > 0
local ended = now - a.age
if c then ended = math.max(ended, c.at) end

local touched = c and c.g or {}
local own
if stated and sig.group ~= '' then
  local groups = 0
  for _ in pairs(S.b) do groups = groups + 1 end
  if S.b[sig.group] or groups < 256 then
    bucket(sig.group)
    own = sig.group
  end
elseif stated and c then
  own = c.g[1]
end

if c then
  if own and not contains(c.g, own) then
    table.insert(c.g, own)
    local regrouped = 0
    for _ in pairs(S.m) do regrouped = regrouped + 1 end
    if c.o ~= '' and regrouped < 4096 then
      S.m[c.o] = own
      for _, other in pairs(S.c) do
        if other.o == c.o and not contains(other.g, own) then table.insert(other.g, own) end
      end
      local all = redis.call('HGETALL', KEYS[2])
      for i = 2, #all, 2 do
        local q = cmsgpack.unpack(all[i])
        if q.o == c.o and not contains(q.g, own) then
          dequeue(q)
          table.insert(q.g, own)
          enqueue(q) -- the time at which it was due no longer applies
          wake(q)
        end
      end
    end
  end
  finish(a.id, ended + a.late)
else
  local gone = S.x[a.id]
  if gone and gone.e and ended + a.late > gone.e then
    -- It was given up too early, for example because the reply to its admission took long.
    for _, g in ipairs(gone.g) do
      refund(S.b[g], gone.e)
      spend(S.b[g], ended + a.late)
    end
    gone.e = nil
  elseif not gone and a.admitted ~= '' and a.admitted ~= S.epoch then
    for _, g in ipairs(resolveGroups()) do spend(S.b[g], ended + a.late) end
    S.x[a.id] = { t = now }
  end
end
for id, x in pairs(S.x) do
  if x.t + 15 * MINUTE < now then S.x[id] = nil end
end

local b = own and S.b[own]
if b then
  sooner = sooner or sig.limit > b.n or sig.window > 0 and sig.window < b.w
  if sig.limit > 0 then b.n, b.ln = sig.limit, true end
  if sig.window > 0 then b.w, b.lw = sig.window, true end
end
if sig.refused and b then
  b.pen = math.max(b.pen, ended + (sig.retry > 0 and sig.retry or math.max(MINUTE / 2, b.p)))
  b.warm, b.ref = false, ended
elseif sig.refused then
  S.closed = math.max(S.closed, ended + (sig.retry > 0 and sig.retry or MINUTE))
  for _, other in pairs(S.b) do
    other.warm, other.ref = false, ended
  end
elseif c and a.late == 0 then
  for _, g in ipairs(c.g) do
    S.b[g].warm = S.b[g].warm or c.at > S.b[g].ref
  end
  if b and sig.remaining > 0 and b.n > 0 and sig.remaining <= b.n + 1 then
    -- What the server has counted beyond the calls known here are foreign calls: another program sent them under the
    -- same limit.
    local ours = 0
    for _, at in ipairs(b.s) do
      if at > c.at - b.w then ours = ours + 1 end
    end
    for _, other in pairs(S.c) do
      if other.at <= ended and contains(other.g, own) then ours = ours + 1 end
    end
    local more = b.n - (sig.remaining - 1) - ours
    for _ = 1, more do spend(b, ended) end
    b.st = b.st + math.max(0, more)
  end
end
if own and not contains(touched, own) then table.insert(touched, own) end
advance(touched, sooner, nil)
save()
return reply('done')
