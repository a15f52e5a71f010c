--[[
Fill a claimed board with what Postgres returned after the claim, and apply all recent changes. It starts a new epoch.

KEYS     1 meta       the board's epoch, sequence and counts
         2 content    one status letter per place
         3 versions   four bytes per place
         4 deltas     published deltas, oldest first
         5 recent     stream of recent changes
         6 claim      claim of the process that fills it
         7 channel    channel of its deltas
ARGV     1 token      token of the claim
         2 mark       returned by claim-board
         3 epoch      random name of the new epoch
         4 content    a status letter for each place
         5 versions   version of each place, four bytes
         6 available  how many status letters are A
         7 ttlMs      TTL of the board, restarted by reads
Returns  1; 0 if the claim or recent changes since it were lost
]]
if redis.call('GET', KEYS[6]) ~= claimOf(ARGV[1]) then return 0 end
if #redis.call('XRANGE', KEYS[5], ARGV[2], ARGV[2]) == 0 then return 0 end
redis.call('SET', KEYS[2], ARGV[4])
redis.call('SET', KEYS[3], ARGV[5])
local available = tonumber(ARGV[6])
for _, entry in ipairs(redis.call('XRANGE', KEYS[5], '-', '+')) do
  local name, changes = entry[2][1], entry[2][2]
  if name == 'changes' then
    local _, _, freed = writeChanges(KEYS[2], KEYS[3], changes)
    available = available + freed
  end
end
redis.call('DEL', KEYS[1], KEYS[4], KEYS[6])
redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'sequence', 0, 'available', available,
  'places', #ARGV[4], 'run', currentRun())
keepAlive({ KEYS[1], KEYS[2], KEYS[3] }, ARGV[7])
redis.call('SPUBLISH', KEYS[7], ARGV[3] .. ' 0 ' .. available .. '  ') -- an empty delta: subscribers of an earlier epoch resync
return 1
