--[[
Give places to arrivals, or restore such places. Entries that have a place, or are gone, keep to that, and the places of
arrivals that left are given up. Those that Redis does not know have given no sign of life since it lost them; a place that was
left before stays given up.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1…  highest of the places; then entry, place, …
Returns  1; `reserve` and a place that is not reserved; nothing if Redis has lost the room
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or room.stage == 'arrivals' then return false end
local highest = tonumber(ARGV[1])
if highest > room.reserved then return { 'reserve', highest } end
for index = 2, #ARGV, 2 do
  local entry, place = ARGV[index], tonumber(ARGV[index + 1])
  local wasListed = redis.call('ZREM', K.arrivals, entry) == 1
  local state = stateOf(K, entry)
  if wasListed and state and state[1] == 'gone' then
    dropEntry(K, room, entry, place)
  elseif place > room.head and not state and not isAbandoned(K, place) then
    addToLine(K, entry, place)
    takeBack(K, place)
    redis.call('ZADD', K.seen, 'NX', UNHEARD, entry)
  end
end
if highest > room.next then redis.call('HSET', K.meta, 'next', highest) end
return 1
