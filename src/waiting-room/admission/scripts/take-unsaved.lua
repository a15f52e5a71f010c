--[[
Find parts of the abandoned places that Postgres lacks; those that it has now are noted before.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1…  fence, parts to find; then part that was saved, its number of changes, …
Returns  part, number of its changes, …; nothing if Redis has lost the room, or another controller has a higher fence
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or not holdsFence(K, room, tonumber(ARGV[1])) then return false end
for index = 3, #ARGV, 2 do
  local part, changes = ARGV[index], ARGV[index + 1]
  if redis.call('HGET', K.unsaved, part) == changes then redis.call('HDEL', K.unsaved, part) end
end
return redis.call('HRANDFIELD', K.unsaved, ARGV[2], 'WITHVALUES')
