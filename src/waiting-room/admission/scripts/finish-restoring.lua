--[[
End the restoration of a room. Until it settles, tokens restore their places and no viewer is admitted.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  fence     fence of the controller
         2  nowMs     the time; empty: that of Redis
         3  stage     stage that the room has in Postgres: drawing or open
         4  settleMs  how long places may be restored before admissions go on
Returns  1; nothing if Redis has lost the room, or another controller has a higher fence
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or not holdsFence(K, room, tonumber(ARGV[1])) then return false end
local nowMs = clockMs(ARGV[2])
local fields = { stage = ARGV[3], beat = nowMs }
settle(fields, nowMs, tonumber(ARGV[4]))
writeFields(K, fields)
return 1
