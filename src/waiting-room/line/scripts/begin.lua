--[[
Begin a room before its opening, unless Redis has it: entries are collected. One that has begun before was lost: until it
settles, its entries come back with their tokens.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  reserved  places up to this may have been given before Redis lost the room; empty: only look
         2  settleMs  how long lost entries are waited for; 0: the room has never begun
         3  nowMs     the time; empty: that of Redis
         4  ttlMs     the keys expire after that, unless a controller steps
Returns  1 if Redis has the room, else 0
]]
local K = keysOf(KEYS)
if readRoom(K) then return 1 end
if ARGV[1] == '' then return 0 end
local reserved, settleMs = tonumber(ARGV[1]), tonumber(ARGV[2])
local fields = {
  stage = 'arrivals', next = reserved, reserved = reserved, head = 0, proposed = 0,
  fence = redis.call('HGET', K.meta, 'fence') or 0,
}
if settleMs > 0 then
  settle(fields, clockMs(ARGV[3]), settleMs)
  fields.scanFrom = 1 -- places of these that no token claims are given up later
  fields.scanTo = reserved
end
writeRoom(K, fields)
redis.call('PEXPIRE', K.meta, ARGV[4]) -- the room may have been closed in this moment
return 1
