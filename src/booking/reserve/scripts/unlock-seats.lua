--[[
Release the locks on places that are still the holder's.

KEYS     one lock per place; all share the hash tag {eventId}
ARGV     1 holder   the call that locked them
Returns  number of locks released
]]
local holder = ARGV[1]
local released = 0
for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == holder then released = released + redis.call('DEL', key) end
end
return released
