-- The end of what all scripts of the gate share: it follows queue.lua.

-- save writes the state, without slots that no longer matter, and publishes the messages.
local function save()
  for _, b in pairs(S.b) do
    local keep = math.max(b.n, 8)
    if #b.s > 2 * keep then
      local rest = {}
      for i, at in ipairs(b.s) do
        if i > #b.s - keep or at + b.w > now then table.insert(rest, at) end
      end
      b.s = rest
    end
  end
  S.ver = S.ver + 1
  redis.call('SET', KEYS[1], cmsgpack.pack(S), 'PX', KEEP)
  for owner, calls in pairs(wakes) do
    redis.call('PUBLISH', a.channel .. owner, cjson.encode(calls))
  end
end

-- reply returns the result of a script; see reply in call.go.
local function reply(what, o)
  o = o or { soon = now, why = '', g = '' }
  local wait = -1
  if o.at then wait = math.max(0, o.at - now) end
  local known = {}
  for name in pairs(a.limits) do
    local b = S.b[name]
    if b then
      for _, value in ipairs({ name, b.n, b.w, b.ln and 1 or 0, b.lw and 1 or 0 }) do table.insert(known, value) end
    end
  end
  local version = redis.call('GET', KEYS[4]) or ''
  return { what, S.epoch, S.ver, now, wait, math.max(0, o.soon - now), o.why, o.g, o.ticket or 0, known, version }
end
