--[[
Note that Postgres has reserved places, under the fence that Redis had.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  reserved  places up to this may be given
         2  fence     fence of the room as it was read
Returns  nothing
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if room and room.fence == tonumber(ARGV[2]) and room.reserved < tonumber(ARGV[1]) then
  redis.call('HSET', K.meta, 'reserved', ARGV[1])
end
