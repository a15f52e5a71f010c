--[[
Lock every place for one holder, or none of them.

KEYS     one lock per place; all share the hash tag {eventId}
ARGV     1 holder   the call that wants the places; its own locks do not stop it
         2 ttlMs    TTL of the locks
Returns  indexes into KEYS, from 1, of locks that other holders have; empty: all are locked for this holder
]]
local holder, ttlMs = ARGV[1], ARGV[2]
local taken = {}
for index, key in ipairs(KEYS) do
  local current = redis.call('GET', key)
  if current and current ~= holder then taken[#taken + 1] = index end
end
if #taken > 0 then return taken end
for _, key in ipairs(KEYS) do redis.call('SET', key, holder, 'PX', ttlMs) end
return taken
