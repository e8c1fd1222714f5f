-- Gives back the slots of a call that was not sent, or removes it from the queue.

if not open() then return { 'format' } end
local c, q = S.c[a.id], findQueued(a.id)
S.c[a.id] = nil
if q then dequeue(q) end
local had = c or q
if had then advance(queuesOf(had), true, nil) end
save()
return reply('done')
