-- Gives back a slot or a place in line: the call was not sent.

if not open() then return { 'format' } end
local c, place = S.c[a.id], find(a.id)
S.c[a.id] = nil
if place then drop(place) end
local had = c or place
if had then pass(lines(had), true, nil) end
save()
return reply('done')
