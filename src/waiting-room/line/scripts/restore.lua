--[[
Restore an entry that presents its token, if Redis has lost it. A place that the head has passed is not restored, nor one that
its entry left or lost by silence.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  entry  id of the entry
         2  place  the place that its token carries; 0: none
         3  nowMs  the time; empty: that of Redis
Returns  the entry's state; `reserve` and a place that is not reserved; `lost` or `restoring`: ask again later
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room then return { 'lost' } end
if room.stage == 'restoring' then return { 'restoring' } end
local entry, place, nowMs = ARGV[1], tonumber(ARGV[2]), clockMs(ARGV[3])
local state = stateOf(K, entry)
if state then
  heard(K, entry, nowMs)
  return state
end
if place == 0 then return enter(K, room, entry, nowMs) end
-- not remembered: a later token of the entry may follow
if place <= room.head or isAbandoned(K, place) then return { 'gone', place } end
-- a step that passes this place is under way, or the room was begun by a process that did not know of the opening
if place <= room.proposed or room.stage == 'arrivals' then return { 'restoring' } end
if place > room.reserved then return { 'reserve', place } end
if #redis.call('ZRANGE', K.line, place, place, 'BYSCORE', 'LIMIT', 0, 1) > 0 then
  return enter(K, room, entry, nowMs)
end
if place > room.next then redis.call('HSET', K.meta, 'next', place) end
putInLine(K, entry, place, nowMs)
takeBack(K, place)
return { 'waiting', place }
