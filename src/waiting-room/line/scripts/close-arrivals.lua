--[[
Close the list of arrivals: they get the first places, and later entries those behind.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  waits  1: not before lost entries have had their time to come back
         2  nowMs  the time; empty: that of Redis
Returns  number of arrivals; nothing if Redis has lost the room, or lost entries may still come back
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or room.stage == 'restoring' then return false end
if room.stage == 'arrivals' then
  local settlesAt = tonumber(redis.call('HGET', K.meta, 'settlesAt') or 0)
  if ARGV[1] == '1' and clockMs(ARGV[2]) < settlesAt then return false end
  local arrivals = redis.call('ZCARD', K.arrivals)
  redis.call('HSET', K.meta, 'stage', 'drawing', 'listed', arrivals, 'next', math.max(room.next, arrivals))
end
return tonumber(redis.call('HGET', K.meta, 'listed'))
