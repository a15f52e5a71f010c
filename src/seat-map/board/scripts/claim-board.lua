--[[
Claim to be the one who fills the board of an Event, unless somebody does or it is there. The changes of the last moments,
which a reader of Postgres may not see yet, are kept already; the mark shows whether those from here on still are.

KEYS     1 meta         the board's epoch, sequence and counts
         2 content      one letter per place
         3 versions     four bytes per place
         4 recent       changes of the last moments
         5 claim        who fills it
ARGV     1 token        random, of this attempt
         2 claimMs      how long a claim lasts
         3 retentionMs  how long recent changes are kept; longer than a claim
Returns  a mark in the recent changes, for fill-board; nothing if there is nothing to do
]]
if readBoard(KEYS[1], KEYS[2], KEYS[3]) then return false end
if not redis.call('SET', KEYS[5], claimOf(ARGV[1]), 'NX', 'PX', ARGV[2]) then return false end
local mark = redis.call('XADD', KEYS[4], '*', 'mark', ARGV[1])
redis.call('PEXPIRE', KEYS[4], ARGV[3])
return mark
