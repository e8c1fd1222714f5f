-- Decides on one call: go now, go at a moment, or stand in line. Asking again with the same nonce is harmless, also when
-- the answer to the first was lost.

if not open() then return { 'format' } end
local place
local c = S.c[a.id]
if c then
  if c.k ~= a.nonce then return reply('taken') end
  S.c[a.id] = nil -- its answer was lost: it is decided anew, from the place that it had
  place = { i = a.id, k = a.nonce, s = c.s, p = a.owner, g = c.g, o = c.o, t = a.timeout }
end
for i, p in ipairs(S.q) do
  if p.i == a.id then
    if p.k ~= a.nonce then return reply('taken') end
    place = table.remove(S.q, i)
    break
  end
end
if not place then
  local seq = a.ticket
  if seq == 0 or a.epoch ~= S.epoch then
    S.seq = S.seq + 1
    seq = S.seq
  end
  place = { i = a.id, k = a.nonce, s = seq, p = a.owner, g = resolve(), o = a.op, t = a.timeout }
end
local at = #S.q
while at > 0 and S.q[at].s > place.s do at = at - 1 end
table.insert(S.q, at + 1, place)

local o = walk(a.id)
if o.ready and restarted() then o = walk(a.id) end
o.seq = place.s
local what = o.known and 'at' or 'line'
if o.ready then
  what = 'go'
  for i, p in ipairs(S.q) do
    if p.i == a.id then
      table.remove(S.q, i)
      break
    end
  end
  S.c[a.id] = { k = a.nonce, s = place.s, at = now, t = a.timeout, g = place.g, o = place.o }
end
save()
return reply(what, o)
