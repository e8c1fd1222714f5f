-- Decides whether a call may go now ('go'), at a known time ('at'), or has to wait in the queue ('queued'). Asking
-- again with the same nonce is harmless, also if the reply to an earlier request was lost.

if not open() then return { 'format' } end
local c, q = S.c[a.id], findQueued(a.id)
if c and c.k ~= a.nonce or q and q.k ~= a.nonce then return reply('taken') end
local wasQueued = q ~= nil
if c then
  S.c[a.id] = nil -- the reply was lost: decide again, with the same position in the queue
  q = { i = a.id, k = a.nonce, s = c.s, p = a.owner, g = c.g, o = c.o, t = a.timeout }
elseif not q then
  -- Tickets are times, so that new ones are higher than those from before a loss of the state.
  local ticket = a.ticket
  if ticket == 0 then
    S.seq = math.max(S.seq + 1, now)
    ticket = S.seq
  end
  q = { i = a.id, k = a.nonce, s = ticket, p = a.owner, g = resolveGroups(), o = a.op, t = a.timeout }
end

local o = outlook(q)
local others = false -- whether calls of other processes are in flight
if not o.ready and a.lease ~= '' then
  local freed
  freed, others = depart()
  if #freed > 0 then
    advance(freed, true, a.id)
    o = outlook(q)
  end
end
if o.ready and restarted() then o = outlook(q) end
if not o.ready then
  if not wasQueued then enqueue(q) end
  local removed, again = advance(queuesOf(q), false, a.id)
  if removed then o = outlook(q) end
  if not o.known and again then
    -- A queued call has to find out if one ahead of it is dead. Those further back can leave it to those ahead.
    o.at = earlier(o.at, now + (again - now) * (1 + math.floor(o.far / 8)))
  end
end
if not o.known and others then
  o.at = earlier(o.at, now + RECHECK * (1 + math.floor((o.far or 0) / 8)))
end
o.ticket = q.s
local what = o.known and 'at' or 'queued'
if o.ready then
  what = 'go'
  if wasQueued or findQueued(a.id) then dequeue(q) end
  local leased = a.lease ~= '' and a.owner or nil
  if leased then redis.call('SET', a.lease .. leased, 'held', 'PX', a.life + a.memory) end
  S.c[a.id] = { k = a.nonce, s = q.s, at = now, t = a.timeout, g = q.g, o = q.o, p = leased }
else
  setDue(q, o.known and o.at or nil)
end
save()
return reply(what, o)
