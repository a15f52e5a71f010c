--[[
Let an entry in, unless it is: one that is gone gets a new place. It is a sign of life, too.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  entry  id of the entry
         2  nowMs  the time; empty: that of Redis
Returns  the entry's state; `reserve` and a place that is not reserved; `lost` or `restoring`: ask again later
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room then return { 'lost' } end
if room.stage == 'restoring' then return { 'restoring' } end
local nowMs = clockMs(ARGV[2])
local state = stateOf(K, ARGV[1])
if state and state[1] ~= 'gone' then
  heard(K, ARGV[1], nowMs)
  return state
end
if redis.call('ZSCORE', K.arrivals, ARGV[1]) then -- it left the list that was closed, and takes that back
  redis.call('HDEL', K.past, ARGV[1])
  heard(K, ARGV[1], nowMs)
  return { 'before-opening' }
end
return enter(K, room, ARGV[1], nowMs)
