--[[
Begin to restore a room that Redis has lost, wholly or in part. Places up to the reserved ones may have been given, and are not
given again. Until the end no entry is let in, found or admitted.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  fence     fence of the controller
         2  reserved  places that Postgres has reserved
         3  served    head of the line in Postgres
         4  abandoned entries that were given up or left, of which Postgres knows
Returns  1; nothing if another controller has a higher fence
]]
local K = keysOf(KEYS)
local fence, reserved, served = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local stage, next, known, restores, abandoned = unpack(
  redis.call('HMGET', K.meta, 'stage', 'next', 'fence', 'scanFrom', 'abandoned'))
if known and tonumber(known) > fence then return false end
if not (stage == 'restoring' and restores) then
  -- what was stored before a failover is known; of later places tokens tell
  local from = math.max(tonumber(next or 0), served) + 1
  if restores then from = math.min(from, tonumber(restores)) end
  redis.call('HSET', K.meta, 'scanFrom', from)
end
writeRoom(K, {
  stage = 'restoring', next = reserved, reserved = reserved, head = served, proposed = served, fence = fence,
  scanTo = reserved, abandoned = math.max(tonumber(abandoned or 0), tonumber(ARGV[4])), sequence = string.format('%.0f', fence * 1e9),
})
return 1
