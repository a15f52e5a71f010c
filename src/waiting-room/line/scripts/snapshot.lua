--[[
Read the room as its messages describe it, and a page of the places beyond the head that were given up.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  after  last place of the page before; 0: the first page
         2  limit  ranges of places of a page
Returns  sequence, head, last place given, waiting, inside, rate, 1 if sold out, then first and last place of each range; nothing
         if Redis has lost the room
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or room.stage == 'restoring' then return false end
local sequence, rate, soldOut = unpack(redis.call('HMGET', K.meta, 'sequence', 'rate', 'soldOut'))
local reply = {
  tonumber(sequence) or 0, room.head, room.next, redis.call('ZCARD', K.line) + redis.call('ZCARD', K.arrivals),
  redis.call('HLEN', K.visits), rate or '', soldOut == '1' and 1 or 0,
}
local from = '(' .. math.max(tonumber(ARGV[1]), room.head)
for _, range in ipairs(redis.call('ZRANGE', K.gone, from, '+inf', 'BYSCORE', 'LIMIT', 0, ARGV[2])) do
  reply[#reply + 1], reply[#reply + 2] = parseRange(range)
end
return reply
