-- Returns the limit in force for a group, if a call has asked for a slot in it. Changes nothing. See state.lua for the
-- members of a group.

local raw = redis.call('GET', KEYS[1])
if not raw then return {} end
local S = cmsgpack.unpack(raw)
if type(S) ~= 'table' or S.v ~= 1 then return { 'format' } end
local b = S.b[ARGV[1]]
if not b then return {} end
return { 'limit', b.n, b.w, b.p, b.ln and 1 or 0, b.lw and 1 or 0, b.st }
