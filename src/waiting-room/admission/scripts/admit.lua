--[[
Show admissions that Postgres has: move entries from the line to the visits, raise the head and publish it. An entry that
left after it was proposed is marked: its visit is ended next.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1…  fence, generation, head, rate (empty: none), 1 if sold out, places to publish; then entry, place, end of the
             visit in ms, …
Returns  number of viewers that shop; nothing if Redis has lost the room, or another controller has a higher fence
]]
local K = keysOf(KEYS)
local room = readRoom(K)
if not room or not holdsFence(K, room, tonumber(ARGV[1])) then return false end
for index = 7, #ARGV, 3 do
  local entry, place, endsMs = ARGV[index], tonumber(ARGV[index + 1]), ARGV[index + 2]
  local visit = redis.call('HGET', K.visits, entry)
  if not visit or parseVisit(visit) ~= place then
    local waiting = tonumber(redis.call('ZSCORE', K.line, entry) or 0)
    if waiting == place then
      removeFromLine(K, entry)
    elseif tonumber(redis.call('HGET', K.past, entry) or 0) == place then
      redis.call('HSET', K.leaving, entry, place)
    elseif waiting > 0 then
      dropEntry(K, room, entry, waiting)
    end
    redis.call('HINCRBY', K.meta, 'inside', redis.call('HSET', K.visits, entry, place .. ' ' .. endsMs))
  end
end
local head = math.max(room.head, tonumber(ARGV[3]))
redis.call('HSET', K.meta, 'head', head, 'proposed', head, 'rate', ARGV[4], 'soldOut', ARGV[5])
publish(K, ARGV[2], ARGV[6])
return redis.call('HLEN', K.visits)
