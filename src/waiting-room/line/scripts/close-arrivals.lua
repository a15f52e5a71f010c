--[[
Close the list of arrivals: they get the first places, and later entries those behind.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     none
Returns  number of arrivals; nothing if Redis has lost the room
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or room.stage == 'restoring' then return false end
if room.stage == 'arrivals' then
  local arrivals = redis.call('ZCARD', K.arrivals)
  redis.call('HSET', K.meta, 'stage', 'drawing', 'listed', arrivals, 'next', math.max(room.next, arrivals))
end
return tonumber(redis.call('HGET', K.meta, 'listed'))
