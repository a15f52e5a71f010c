--[[
Claim the fill of an Event's board, unless it exists or another process has the claim. Recent changes, which readers of
Postgres may not see yet, are kept already; the mark reveals at the fill whether any since the claim were lost.

KEYS     1 meta         the board's epoch, sequence and counts
         2 content      one status letter per place
         3 versions     four bytes per place
         4 recent       stream of recent changes
         5 claim        claim of the process that fills it
ARGV     1 token        random token of this attempt
         2 claimMs      TTL of the claim
         3 retentionMs  how long recent changes are kept; longer than a claim
Returns  id of a mark in the stream of recent changes, for fill-board; nothing without the claim
]]
if readBoard(KEYS[1], KEYS[2], KEYS[3]) then return false end
if not redis.call('SET', KEYS[5], claimOf(ARGV[1]), 'NX', 'PX', ARGV[2]) then return false end
local mark = redis.call('XADD', KEYS[4], '*', 'mark', ARGV[1])
redis.call('PEXPIRE', KEYS[4], ARGV[3])
return mark
