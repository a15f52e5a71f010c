--[[
Read the board of an Event, and let it live on.

KEYS     1 meta      the board's epoch, sequence and counts
         2 content   one letter per place
         3 versions  four bytes per place
         4 deltas    what was published of it
ARGV     1 epoch     of what the reader has
         2 sequence  of what the reader has: the same again is not sent
         3 livesMs   how long it lives if nobody reads it again
Returns  epoch, sequence, available, and the letters unless the reader has them; nothing if there is no board
]]
local board = readBoard(KEYS[1], KEYS[2], KEYS[3])
if not board then return false end
keepAlive({ KEYS[1], KEYS[2], KEYS[3], KEYS[4] }, ARGV[3])
local answer = { board.epoch, board.sequence, board.available }
if board.epoch ~= ARGV[1] or board.sequence ~= tonumber(ARGV[2]) then answer[4] = redis.call('GET', KEYS[2]) end
return answer
