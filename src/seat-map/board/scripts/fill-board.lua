--[[
Fill the board that was begun with what Postgres said since, and the changes of the last moments; it begins a new epoch.

KEYS     1 meta       the board's epoch, sequence and counts
         2 content    one letter per place
         3 versions   four bytes per place
         4 deltas     what was published of it
         5 recent     changes of the last moments
         6 claim      who fills it
         7 channel    where its changes are published
ARGV     1 token      of the claim
         2 mark       from claim-board
         3 epoch      random, names the run of numbers that begins
         4 content    a letter for each place
         5 versions   of each place, four bytes
         6 available  how many of the letters are A
         7 livesMs    how long it lives if nobody reads it
Returns  1; 0 if the claim was lost, or recent changes with it
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
redis.call('SPUBLISH', KEYS[7], ARGV[3] .. ' 0 ' .. available .. '  ') -- whoever watches an earlier epoch starts over
return 1
