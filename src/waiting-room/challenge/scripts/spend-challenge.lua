--[[
Spend a challenge, once, and count its entry, unless the counts of the client's address have outgrown its effort. Counts are
cells of a sketch of constant size: a client's is the smallest of its cells, which can be too high by collisions, never too low.

KEYS     1 spent         marks the challenge
         2 counts        sketch: one byte per cell, of networks two
         3 suspects      number of entries that look like one device
         4 line          of the room, whose end deletes the counts
ARGV     1 spentMs       TTL of the mark
         2 countsMs      TTL of the sketch, from its first entry on
         3 suspectsMs    TTL of the number, from its last entry on
         4 maxCount      highest count at which the challenge is enough
         5 share         entries of an address that count as one of a device
         6 suspectCount  entries of one device beyond which all are suspects
         7 deviceCell    a cell of the device
         8 deviceCell2   its other cell
         9 addressCell   a cell of the address
         10 addressCell2 its other cell
         11 networkShare entries of an IPv6 network that count as one of a device
         12 networkCell  a cell of the network; none for IPv4
         13 networkCell2 its other cell
Returns  'accepted', 'spent' or 'outgrown'; 'lost' without a line
]]
if redis.call('EXISTS', KEYS[4]) == 0 then return 'lost' end

local function read(type, first, second)
  local cells = redis.call('BITFIELD', KEYS[2], 'GET', type, '#' .. first, 'GET', type, '#' .. second)
  return cells[1], cells[2]
end

-- only the cells that are as low as the count: others have it from collisions
local function increment(type, first, second, a, b)
  local count = math.min(a, b)
  if a == count then redis.call('BITFIELD', KEYS[2], 'OVERFLOW', 'SAT', 'INCRBY', type, '#' .. first, 1) end
  if b == count then redis.call('BITFIELD', KEYS[2], 'OVERFLOW', 'SAT', 'INCRBY', type, '#' .. second, 1) end
  return count
end

local d1, d2 = read('u8', ARGV[7], ARGV[8])
local a1, a2 = read('u8', ARGV[9], ARGV[10])
local n1, n2 = 0, 0
if ARGV[12] then n1, n2 = read('u16', ARGV[12], ARGV[13]) end
local count = math.max(
  math.min(d1, d2), math.floor(math.min(a1, a2) / tonumber(ARGV[5])), math.floor(math.min(n1, n2) / tonumber(ARGV[11])))
if redis.call('EXISTS', KEYS[1]) == 1 then return 'spent' end
if count > tonumber(ARGV[4]) then return 'outgrown' end
redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])

local before = increment('u8', ARGV[7], ARGV[8], d1, d2)
increment('u8', ARGV[9], ARGV[10], a1, a2)
if ARGV[12] then increment('u16', ARGV[12], ARGV[13], n1, n2) end
if redis.call('PTTL', KEYS[2]) < 0 then redis.call('PEXPIRE', KEYS[2], ARGV[2]) end

local suspectCount = tonumber(ARGV[6])
if before >= suspectCount then
  redis.call('INCRBY', KEYS[3], before == suspectCount and suspectCount + 1 or 1)
  redis.call('PEXPIRE', KEYS[3], ARGV[3])
end
return 'accepted'
