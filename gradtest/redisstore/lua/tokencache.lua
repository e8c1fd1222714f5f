-- The shared access token of one user.
--
-- KEYS: the token, a hash of v, its sealed text, and f, the fence of the lease under which it was obtained; the lease,
-- as "fence owner"; and the last fence given out. ARGV: verb, owner, fence of the owner's lease, life of a lease,
-- sealed text to store, its life, and life of the fence counter, all lives in ms.
--
-- Verbs: get returns the token, and takes the lease if it is free and there is no token; acquire takes the lease if it is
-- free; renew extends it; store stores a token and releases the lease; release only releases it. The reply is the
-- token's text ('' if there is none), its remaining ms, and the fence of the owner's lease, 0 if another owner has it.

local verb, me, fence, lease = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local held = redis.call('GET', KEYS[2])

if verb == 'acquire' or verb == 'get' and redis.call('EXISTS', KEYS[1]) == 0 then
  if held then
    local number, owner = string.match(held, '^(%d+) (.+)$')
    fence = owner == me and tonumber(number) or 0 -- its own lease: the reply to an earlier request was lost
  else
    fence = redis.call('INCR', KEYS[3])
    redis.call('PEXPIRE', KEYS[3], ARGV[7])
    redis.call('SET', KEYS[2], fence .. ' ' .. me, 'PX', lease)
  end
elseif verb == 'renew' then
  if held == fence .. ' ' .. me then
    redis.call('PEXPIRE', KEYS[2], lease)
  elseif not held and tonumber(redis.call('GET', KEYS[3]) or '0') == fence then
    redis.call('SET', KEYS[2], fence .. ' ' .. me, 'PX', lease) -- it expired, and no other process has taken it since
  else
    fence = 0
  end
elseif verb == 'store' then
  if tonumber(redis.call('HGET', KEYS[1], 'f') or '0') <= fence then
    redis.call('HSET', KEYS[1], 'v', ARGV[5], 'f', fence)
    redis.call('PEXPIRE', KEYS[1], ARGV[6])
  end
end
if (verb == 'store' or verb == 'release') and held == fence .. ' ' .. me then
  redis.call('DEL', KEYS[2])
end
return { redis.call('HGET', KEYS[1], 'v') or '', redis.call('PTTL', KEYS[1]), fence }
