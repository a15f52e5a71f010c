--[[
Publish places that were given up, beside the message of a step: after a loss of the line they are more than one carries.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  fence       fence of the controller
         2  generation  generation of the room
         3  limit       pieces of news to publish
Returns  pieces of news that are left; nothing if Redis has lost the room, or another controller has a higher fence
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or not holdsFence(K, room, tonumber(ARGV[1])) then return false end
publish(K, ARGV[2], ARGV[3])
return redis.call('LLEN', K.news)
