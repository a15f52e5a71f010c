--[[
Drop entries whose place Postgres has served: a replica that took over may not know it.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  fence   fence of the controller
         2  served  head of the line in Postgres
         3  limit   entries that are handled
Returns  number of entries; nothing if Redis has lost the room, or another controller has a higher fence
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or not holdsFence(K, room, tonumber(ARGV[1])) then return false end
room.head = math.max(room.head, tonumber(ARGV[2]))
redis.call('HSET', K.meta, 'head', room.head)
local served = redis.call('ZRANGE', K.line, '-inf', ARGV[2], 'BYSCORE', 'LIMIT', 0, ARGV[3])
for _, entry in ipairs(served) do dropEntry(K, room, entry, tonumber(redis.call('ZSCORE', K.line, entry))) end
return #served
