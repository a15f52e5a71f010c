--[[
Read a page of the arrivals, in order of arrival.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  from   arrivals to skip
         2  limit  arrivals of a page
Returns  entries; nothing if Redis has lost the room
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or room.stage == 'restoring' then return false end
return redis.call('ZRANGE', K.arrivals, ARGV[1], ARGV[1] + ARGV[2] - 1)
