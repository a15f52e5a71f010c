--[[
Read a cached value, or claim to compute it.

KEYS     1  the value
         2  the claim of the process that computes it
ARGV     1  claim   random token of this caller
         2  ms      lifetime of the claim
Returns  the value; 1 if the caller has the claim now; 0 if another has it
]]
local value = redis.call('GET', KEYS[1])
if value then return value end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return 0
