-- The shared access token: KEYS are the token (its sealed text v and the number f of the lease it was obtained under), the
-- lease, and the number of the last lease. ARGV: what to do, who asks, the number of its lease, the length of a lease, the
-- text to keep, its life, and how long numbers are kept; times in ms.

local verb, me, fence, lease = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local held = redis.call('GET', KEYS[2])

if verb == 'take' then
  if held then
    local number, owner = string.match(held, '^(%d+) (.+)$')
    fence = owner == me and tonumber(number) or 0 -- the answer to the first may have been lost
  else
    fence = redis.call('INCR', KEYS[3])
    redis.call('PEXPIRE', KEYS[3], ARGV[7])
    redis.call('SET', KEYS[2], fence .. ' ' .. me, 'PX', lease)
  end
elseif verb == 'renew' then
  if held == fence .. ' ' .. me then
    redis.call('PEXPIRE', KEYS[2], lease)
  elseif not held and tonumber(redis.call('GET', KEYS[3]) or '0') == fence then
    redis.call('SET', KEYS[2], fence .. ' ' .. me, 'PX', lease) -- it ran out, and nobody has taken it
  else
    fence = 0
  end
elseif verb == 'keep' then
  if tonumber(redis.call('HGET', KEYS[1], 'f') or '0') <= fence then
    redis.call('HSET', KEYS[1], 'v', ARGV[5], 'f', fence)
    redis.call('PEXPIRE', KEYS[1], ARGV[6])
  end
end
if (verb == 'keep' or verb == 'return') and held == fence .. ' ' .. me then
  redis.call('DEL', KEYS[2])
end
return { redis.call('HGET', KEYS[1], 'v') or '', redis.call('PTTL', KEYS[1]), fence }
