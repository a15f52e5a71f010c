--[[
Open a room whose places were written; entries that are still without one queue behind.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  fence  fence of the controller
         2  nowMs  the time; empty: that of Redis
         3  limit  entries that are handled
Returns  1 once it is open, else 0; `reserve` and a place that is not reserved; nothing if Redis has lost the room, or
         another controller has a higher fence
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or room.stage == 'restoring' or not holdsFence(K, room, tonumber(ARGV[1])) then return false end
room.stage = 'open'
local nowMs = clockMs(ARGV[2])
local late = redis.call('ZRANGE', K.arrivals, 0, ARGV[3] - 1)
for _, entry in ipairs(late) do
  local hasLeft = redis.call('HEXISTS', K.past, entry) == 1
  local reply = hasLeft and {} or enter(K, room, entry, nowMs)
  if reply[1] == 'reserve' then return reply end
  redis.call('ZREM', K.arrivals, entry)
  if hasLeft then redis.call('ZREM', K.seen, entry) end
end
if #late == tonumber(ARGV[3]) then return 0 end
redis.call('HSET', K.meta, 'stage', 'open', 'beat', nowMs)
if redis.call('HEXISTS', K.meta, 'scanFrom') == 1 and room.next > tonumber(redis.call('HGET', K.meta, 'scanTo')) then
  redis.call('HSET', K.meta, 'scanTo', room.next) -- gaps that the opening left
end
return 1
