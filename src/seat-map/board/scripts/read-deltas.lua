--[[
Read what was published of a board since a number of its epoch, and let it live on.

KEYS     1 meta      the board's epoch, sequence and counts
         2 content   one letter per place
         3 versions  four bytes per place
         4 deltas    what was published of it
ARGV     1 epoch     the reader's
         2 sequence  the last that the reader has
         3 livesMs   how long it lives if nobody reads it again
Returns  sequence, available, and each delta after the reader's; nothing if that cannot be had: there is no such board,
         the number is from the future, or too long ago
]]
local board = readBoard(KEYS[1], KEYS[2], KEYS[3])
if not board or board.epoch ~= ARGV[1] then return false end
local missed = board.sequence - tonumber(ARGV[2])
if missed < 0 or missed > redis.call('LLEN', KEYS[4]) then return false end
keepAlive({ KEYS[1], KEYS[2], KEYS[3], KEYS[4] }, ARGV[3])
local answer = { board.sequence, board.available }
if missed > 0 then
  for _, delta in ipairs(redis.call('LRANGE', KEYS[4], -missed, -1)) do answer[#answer + 1] = delta end
end
return answer
