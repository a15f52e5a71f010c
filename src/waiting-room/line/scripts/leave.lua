--[[
Take an entry out of the line, or mark its visit to be ended by the controller.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  entry  id of the entry
Returns  1; 0 if it neither waits nor shops; nothing if Redis has lost the room
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or room.stage == 'restoring' then return false end
local entry = ARGV[1]
local state = stateOf(K, entry)
if not state or state[1] == 'gone' then return 0 end
if state[1] == 'admitted' then
  redis.call('HSET', K.leaving, entry, state[2])
elseif state[1] == 'waiting' then
  dropEntry(K, room, entry, state[2])
elseif room.stage == 'arrivals' then
  redis.call('ZREM', K.arrivals, entry)
  redis.call('ZREM', K.seen, entry)
  redis.call('HSET', K.past, entry, 0)
  redis.call('HINCRBY', K.meta, 'abandoned', 1)
else
  redis.call('ZADD', K.seen, 0, entry)
  redis.call('HSET', K.past, entry, 0) -- its place in the list that was closed is given up when it is written
end
return 1
