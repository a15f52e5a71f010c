--[[
Propose the first entries of the line. Those that were silent for too long are given up instead, and those that gave no sign
since Redis lost the line: it has settled since. No token restores a place that the proposed head passes.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  fence    fence of the controller
         2  nowMs    the time; empty: that of Redis
         3  graceMs  silence after which a place is given up; empty: places are kept
         4  limit    entries to propose
         5  dropped  entries to give up, or some more
Returns  the head if they are admitted, number of entries given up, then entry, place, …; nothing if Redis has lost the room,
         it is not open, places may still be restored, or another controller has a higher fence
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or room.stage ~= 'open' or not holdsFence(K, room, tonumber(ARGV[1])) then return false end
local nowMs, limit, maxDropped = clockMs(ARGV[2]), tonumber(ARGV[4]), tonumber(ARGV[5])
local graceFrom, settlesAt, heardFrom = unpack(redis.call('HMGET', K.meta, 'graceFrom', 'settlesAt', 'heardFrom'))
if settlesAt and nowMs < tonumber(settlesAt) then return false end
local silentUntil = -1
if ARGV[3] ~= '' then
  silentUntil = (tonumber(heardFrom) or 0) - 1
  if (tonumber(graceFrom) or 0) <= nowMs - ARGV[3] then silentUntil = math.max(silentUntil, nowMs - ARGV[3]) end
end

local reply, given, admitted, isBlocked = { 0, 0 }, 0, 0, false
while admitted < limit and given < maxDropped and not isBlocked do
  local first = redis.call('ZRANGE', K.line, admitted, limit - 1, 'WITHSCORES')
  if #first == 0 then break end
  for index = 1, #first, 2 do
    local entry, place = first[index], tonumber(first[index + 1])
    local isVisiting = redis.call('HEXISTS', K.visits, entry) == 1
    local seenAt = redis.call('ZSCORE', K.seen, entry)
    local isSilent = seenAt and tonumber(seenAt) <= silentUntil
    if isSilent or (isVisiting and redis.call('HEXISTS', K.leaving, entry) == 0) then
      dropEntry(K, room, entry, place)
      given = given + 1
    elseif isVisiting then
      isBlocked = true -- its last visit ends in a moment: the order is kept until then
      break
    else
      admitted = admitted + 1
      reply[#reply + 1] = entry
      reply[#reply + 1] = place
    end
  end
end
local following = redis.call('ZRANGE', K.line, admitted, admitted, 'WITHSCORES')
reply[1] = math.max(room.head, following[2] and tonumber(following[2]) - 1 or room.next)
reply[2] = given
redis.call('HSET', K.meta, 'proposed', reply[1])
return reply
