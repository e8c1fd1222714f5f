-- Gives back a slot or a place in line: the call was not sent.

if not open() then return { 'format' } end
S.c[a.id] = nil
for i, p in ipairs(S.q) do
  if p.i == a.id then
    table.remove(S.q, i)
    break
  end
end
walk(nil)
save()
return reply('done')
