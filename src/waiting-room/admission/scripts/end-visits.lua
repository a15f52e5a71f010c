--[[
End visits that Postgres has ended; each frees its slot.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1…  entry, place, …
Returns  number of viewers that shop; nothing if Redis has lost the room
]]
local K = keysOf(KEYS)
if not readRoom(K) then return false end
for index = 1, #ARGV, 2 do
  local entry, place = ARGV[index], tonumber(ARGV[index + 1])
  local visit = redis.call('HGET', K.visits, entry)
  if visit and parseVisit(visit) == place then
    redis.call('HINCRBY', K.meta, 'inside', 0 - redis.call('HDEL', K.visits, entry))
    redis.call('HDEL', K.leaving, entry)
    redis.call('HSET', K.past, entry, place)
  end
end
return redis.call('HLEN', K.visits)
