-- The calls in flight of processes that are gone. A process renews its lease while it has calls in flight; the key of
-- the lease outlives it by a.memory (ms), so that what is left of it tells when the lease ran out.

local RECHECK = 2 * 1000 * 1000 -- how often a queued call looks for processes that are gone
local ARRIVAL = 2 * 1000 * 1000 -- how long after the end of a lease the platform may still count a call that was sent

-- depart ends the calls in flight of processes whose leases have run out: their slots are free one window after the
-- latest moment at which the platform can have counted them, and not one window after their time-outs. If such a
-- process is alive after all, its settle corrects the slot. It returns the groups whose slots have changed, and
-- whether calls of other processes are still in flight.
local function depart()
  local silent, groups, others = {}, {}, false
  for id, c in pairs(S.c) do
    if c.p and c.p ~= a.owner then
      if silent[c.p] == nil then
        local left = redis.call('PTTL', a.lease .. c.p)
        silent[c.p] = left > 0 and left <= a.memory and (a.memory - left) * 1000
      end
      if silent[c.p] then
        local ended = math.max(c.at, math.min(c.at + c.t, now - silent[c.p] + ARRIVAL))
        for _, g in ipairs(c.g) do
          if not contains(groups, g) then table.insert(groups, g) end
        end
        S.x[id] = { t = now, e = ended, g = c.g }
        finish(id, ended)
      else
        others = true
      end
    end
  end
  return groups, others
end
