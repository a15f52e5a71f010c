--[[
Apply changes to the board of their Event, and publish those that alter a status as the next delta. Versions of a place that
are not newer than the board's are ignored. All changes are kept for `retentionMs` and applied again when the board is filled:
it may be missing or evicted while readers of Postgres do not see the change yet.

KEYS     1 meta         the board's epoch, sequence and counts
         2 content      one status letter per place
         3 versions     four bytes per place
         4 deltas       published deltas, oldest first
         5 recent       stream of recent changes
         6 channel      channel of its deltas
ARGV     1 changes      9 bytes each: place, version, status letter; no place twice
         2 keptDeltas   how many of the latest deltas to keep
         3 retentionMs  how long recent changes are kept
Returns  the board's sequence; -1 without a board
]]
local time = redis.call('TIME')
local oldest = string.format('%d', time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[3])
redis.call('XADD', KEYS[5], 'MINID', oldest, '*', 'changes', ARGV[1])
redis.call('PEXPIRE', KEYS[5], ARGV[3])
local board = readBoard(KEYS[1], KEYS[2], KEYS[3])
if not board then return -1 end
local places, statuses, freed = writeChanges(KEYS[2], KEYS[3], ARGV[1])
if #places == 0 then return board.sequence end
local sequence, available = board.sequence + 1, board.available + freed
redis.call('HSET', KEYS[1], 'sequence', sequence, 'available', available)
local delta = table.concat(
  { board.epoch, sequence, available, table.concat(statuses), table.concat(places, ',') }, ' ')
if redis.call('RPUSH', KEYS[4], delta) == 1 then
  redis.call('PEXPIRE', KEYS[4], redis.call('PTTL', KEYS[1]))
end
redis.call('LTRIM', KEYS[4], -ARGV[2], -1)
redis.call('SPUBLISH', KEYS[6], delta)
return sequence
