--[[
Find where entries stand.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1…  ids of entries
Returns  the state of each, empty if it is unknown; nothing if Redis has lost the room
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or room.stage == 'restoring' then return false end
local states = {}
for index, entry in ipairs(ARGV) do states[index] = stateOf(K, entry) or {} end
return states
