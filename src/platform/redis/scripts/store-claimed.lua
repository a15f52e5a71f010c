--[[
Store a value under a claim, and give the claim up. A caller whose claim has expired stores nothing: another computes it anew.

KEYS     1  the value
         2  the claim
ARGV     1  claim   token of this caller
         2  ms      lifetime of the value
         3  value   empty: there is none, as computing it failed
Returns  1 if the claim was the caller's, else 0
]]
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[2])
if ARGV[3] ~= '' then redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[2]) end
return 1
