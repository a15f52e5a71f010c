--[[
Signs of life of entries. Only those that wait are concerned.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1…  the time, empty: that of Redis; milliseconds for which the sign stands; then ids of entries
Returns  the entries that Redis does not know; `lost` if it has lost the room
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room then return 'lost' end
if room.stage == 'restoring' then return {} end
local untilMs = clockMs(ARGV[1]) + ARGV[2]
local unknown = {}
for index = 3, #ARGV do
  local entry = ARGV[index]
  local seenAt = redis.call('ZSCORE', K.seen, entry)
  if seenAt then
    if tonumber(seenAt) > 0 then heard(K, entry, untilMs) end -- else it left
  elseif not stateOf(K, entry) then
    unknown[#unknown + 1] = entry
  end
end
return unknown
