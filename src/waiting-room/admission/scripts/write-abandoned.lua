--[[
Restore parts of the abandoned places. What a replica that took over knows of them stays.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1…  fence; then part, its bits, …
Returns  1; nothing if Redis has lost the room, or another controller has a higher fence
]]
local BYTES_PER_PART = PLACES_PER_PART / 8

-- The bits of both.
local function union(known, given)
  if not string.find(known, '[^%z]') then return given end
  local bytes = {}
  for at = 1, math.max(#known, #given) do
    bytes[at] = string.char(bit.bor(string.byte(known, at) or 0, string.byte(given, at) or 0))
  end
  return table.concat(bytes)
end

local K = keysOf(KEYS)
local room = readRoom(K)
if not room or not holdsFence(K, room, tonumber(ARGV[1])) then return false end
for index = 2, #ARGV, 2 do
  local first = ARGV[index] * BYTES_PER_PART
  local known = redis.call('GETRANGE', K.abandoned, first, first + BYTES_PER_PART - 1)
  redis.call('SETRANGE', K.abandoned, first, union(known, ARGV[index + 1]))
end
return 1
