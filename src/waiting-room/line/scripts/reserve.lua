--[[
Note that Postgres has reserved places.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  reserved  places up to this may be given
Returns  nothing
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if room and room.reserved < tonumber(ARGV[1]) then redis.call('HSET', K.meta, 'reserved', ARGV[1]) end
