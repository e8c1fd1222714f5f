-- Decides on one call: go now, go at a moment, or stand in line. Asking again with the same nonce is harmless, also when
-- the answer to the first was lost.

if not open() then return { 'format' } end
local c, place = S.c[a.id], find(a.id)
if c and c.k ~= a.nonce or place and place.k ~= a.nonce then return reply('taken') end
local standing = place ~= nil
if c then
  S.c[a.id] = nil -- its answer was lost: it is decided anew, from the place that it had
  place = { i = a.id, k = a.nonce, s = c.s, p = a.owner, g = c.g, o = c.o, t = a.timeout }
elseif not place then
  -- Numbers are moments, so that they go on where the state was lost.
  local seq = a.ticket
  if seq == 0 then
    S.seq = math.max(S.seq + 1, now)
    seq = S.seq
  end
  place = { i = a.id, k = a.nonce, s = seq, p = a.owner, g = resolve(), o = a.op, t = a.timeout }
end

local o = look(place)
if o.ready and restarted() then o = look(place) end
if not o.ready then
  if not standing then put(place) end
  local passed, again = pass(lines(place), false, a.id)
  if passed then o = look(place) end
  if not o.known and again then
    -- Somebody has to see that a place in front is dead; those who stand further back leave it to those before them.
    o.at = earlier(o.at, now + (again - now) * (1 + math.floor(o.far / 8)))
  end
end
o.seq = place.s
local what = o.known and 'at' or 'queued'
if o.ready then
  what = 'go'
  if standing or find(a.id) then drop(place) end
  S.c[a.id] = { k = a.nonce, s = place.s, at = now, t = a.timeout, g = place.g, o = place.o }
else
  note(place, o.known and o.at or nil)
end
save()
return reply(what, o)
