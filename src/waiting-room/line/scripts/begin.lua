--[[
Begin a room before its opening, unless Redis has it: entries are collected.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  reserved  places up to this may have been given before Redis lost the room
Returns  nothing
]]
local K = keysOf(KEYS)
if readRoom(K) then return end
local reserved = tonumber(ARGV[1])
local fence = redis.call('HGET', K.meta, 'fence') or 0
writeRoom(K, { stage = 'arrivals', next = reserved, reserved = reserved, head = 0, proposed = 0, fence = fence })
