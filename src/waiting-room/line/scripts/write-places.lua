--[[
Give places to arrivals, or restore such places. Entries that have a place, or are gone, keep to that.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1…  the time, empty: that of Redis; highest of the places; then entry, place, …
Returns  1; `reserve` and a place that is not reserved; nothing if Redis has lost the room
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or room.stage == 'arrivals' then return false end
if tonumber(ARGV[2]) > room.reserved then return { 'reserve', tonumber(ARGV[2]) } end
local nowMs = clockMs(ARGV[1])
for index = 3, #ARGV, 2 do
  local entry, place = ARGV[index], tonumber(ARGV[index + 1])
  redis.call('ZREM', K.arrivals, entry)
  if place > room.head and not stateOf(K, entry) then
    redis.call('ZADD', K.line, place, entry)
    redis.call('ZADD', K.seen, 'NX', nowMs, entry)
  end
end
if tonumber(ARGV[2]) > room.next then redis.call('HSET', K.meta, 'next', ARGV[2]) end
return 1
