--[[
Read the deltas of a board after a sequence, and restart its TTL.

KEYS     1 meta      the board's epoch, sequence and counts
         2 content   one status letter per place
         3 versions  four bytes per place
         4 deltas    published deltas, oldest first
ARGV     1 epoch     epoch that the reader has
         2 sequence  sequence that the reader has
         3 ttlMs     TTL of the board
Returns  sequence, available, and each delta after the reader's; nothing if there is no such board, or if the sequence is
         in the future or older than the deltas kept
]]
local board = readBoard(KEYS[1], KEYS[2], KEYS[3])
if not board or board.epoch ~= ARGV[1] then return false end
local missed = board.sequence - tonumber(ARGV[2])
if missed < 0 or missed > redis.call('LLEN', KEYS[4]) then return false end
keepAlive({ KEYS[1], KEYS[2], KEYS[3], KEYS[4] }, ARGV[3])
local reply = { board.sequence, board.available }
if missed > 0 then
  for _, delta in ipairs(redis.call('LRANGE', KEYS[4], -missed, -1)) do reply[#reply + 1] = delta end
end
return reply
