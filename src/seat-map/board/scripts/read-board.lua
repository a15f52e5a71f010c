--[[
Read the board of an Event, and restart its TTL.

KEYS     1 meta      the board's epoch, sequence and counts
         2 content   one status letter per place
         3 versions  four bytes per place
         4 deltas    published deltas, oldest first
ARGV     1 epoch     epoch that the reader has
         2 sequence  sequence that the reader has: the same content is not returned again
         3 ttlMs     TTL of the board
Returns  epoch, sequence, available, and the content unless the reader has it; nothing if there is no board
]]
local board = readBoard(KEYS[1], KEYS[2], KEYS[3])
if not board then return false end
keepAlive({ KEYS[1], KEYS[2], KEYS[3], KEYS[4] }, ARGV[3])
local reply = { board.epoch, board.sequence, board.available }
if board.epoch ~= ARGV[1] or board.sequence ~= tonumber(ARGV[2]) then reply[4] = redis.call('GET', KEYS[2]) end
return reply
