--[[
Begin a step: note the controller's fence, give up some of the entries that were silent for too long, and some of the places
that Redis lost and no token restored. The grace, and the time in which a lost line settles, begin anew after a pause of the
controller, as Redis may have been away, and where the clock was set back. A room of which Redis has lost a key is lost as a
whole, to be restored.

KEYS     1…  the room's keys, in the order of keys.ts
ARGV     1  fence    fence of the controller
         2  nowMs    the time; empty: that of Redis
         3  graceMs  silence after which a place is given up; empty: places are kept
         4  limit    silent entries, and places given up that the head has passed, that are handled
         5  pauseMs  a longer pause between two steps is an outage
         6  ttlMs    keys expire after that without a step
         7  scanned  entries that are read in search of lost places
Returns  stage or `lost` or `fenced`, waiting, inside, 1 if more is to be given up, number of entries that were given up or left
         the line, those of them in its front half, pieces of news to publish, then entries whose visit is to end because
         they left
]]
-- Arguments that Lua can hand to a call at once are some thousands.
local MAX_ARGUMENTS = 1000
-- Pauses after which a lost line settles anew: a controller whose every step is slow would else never admit.
local MAX_SETTLES_ANEW = 10

-- Whether Redis evicted a key: sizes differ from those that were counted, or entries in the line have no last sign.
local function isTorn(K, room)
  local inLine, inside = unpack(redis.call('HMGET', K.meta, 'inLine', 'inside'))
  local line, seen = redis.call('ZCARD', K.line), redis.call('ZCARD', K.seen)
  local entries = line + redis.call('ZCARD', K.arrivals)
  return line ~= tonumber(inLine) or redis.call('HLEN', K.visits) ~= tonumber(inside) or seen < entries
    or (room.stage ~= 'open' and seen > entries)
end

-- Give up places from `scanFrom` to `scanTo` that no entry has, as ranges: those before the last of `limit` entries, or all.
-- Returns whether some are left.
local function giveUpLost(K, scanFrom, scanTo, limit)
  local from, to = scanFrom, scanTo
  local line = redis.call('ZRANGE', K.line, from, to, 'BYSCORE', 'LIMIT', 0, limit, 'WITHSCORES')
  local ranges, news = {}, {}
  local function addGap(last)
    if last < from then return end
    news[#news + 1] = rangeOf(from, from) .. '-' .. rangeOf(last, last)
    ranges[#ranges + 1] = last
    ranges[#ranges + 1] = rangeOf(from, last)
  end
  for index = 2, #line, 2 do
    local place = tonumber(line[index])
    addGap(place - 1)
    from = place + 1
  end
  local hasMore = #line == 2 * limit
  if hasMore then
    to = from - 1
    redis.call('HSET', K.meta, 'scanFrom', from)
  else
    addGap(to)
    redis.call('HDEL', K.meta, 'scanFrom', 'scanTo')
  end
  redis.call('ZREMRANGEBYSCORE', K.gone, scanFrom, to) -- entries that came back, and left: the ranges have their places
  for index = 1, #news, MAX_ARGUMENTS do
    redis.call('ZADD', K.gone, unpack(ranges, 2 * index - 1, math.min(2 * (index + MAX_ARGUMENTS - 1), #ranges)))
    redis.call('RPUSH', K.news, unpack(news, index, math.min(index + MAX_ARGUMENTS - 1, #news)))
  end
  return hasMore
end

local K = keysOf(KEYS)
local room = readRoom(K)
if not room then return { 'lost' } end
local fence, nowMs, limit = tonumber(ARGV[1]), clockMs(ARGV[2]), tonumber(ARGV[4])
if not holdsFence(K, room, fence) then return { 'fenced' } end
if room.stage ~= 'restoring' and isTorn(K, room) then
  redis.call('UNLINK', unpack(KEYS, 1, #KEYS - 1))
  return { 'lost' }
end
for index = 1, #KEYS - 1 do redis.call('PEXPIRE', KEYS[index], ARGV[6]) end

local last, graceFrom, settlesAt, settleMs, scanFrom, scanTo =
  unpack(redis.call('HMGET', K.meta, 'beat', 'graceFrom', 'settlesAt', 'settleMs', 'scanFrom', 'scanTo'))
redis.call('HSET', K.meta, 'beat', nowMs)
local isSetBack = last and nowMs < tonumber(last)
local hasPaused = last and nowMs - last > tonumber(ARGV[5])
if isSetBack or hasPaused then
  graceFrom = nowMs
  redis.call('HSET', K.meta, 'graceFrom', nowMs)
end
-- entries that came since it was set back have signs from before the loss
if isSetBack and settlesAt then redis.call('HSET', K.meta, 'heardFrom', UNHEARD + 1) end
if settlesAt and (settlesAt - nowMs > tonumber(settleMs) or (hasPaused and tonumber(last) < tonumber(settlesAt)
  and redis.call('HINCRBY', K.meta, 'settlesAnew', 1) <= MAX_SETTLES_ANEW)) then
  settlesAt = nowMs + settleMs
  redis.call('HSET', K.meta, 'settlesAt', settlesAt)
end

local ghosts, hasMoreLost = {}, false
if room.stage == 'open' and nowMs >= (tonumber(settlesAt) or 0) then
  if ARGV[3] ~= '' and (tonumber(graceFrom) or 0) <= nowMs - ARGV[3] then
    ghosts = redis.call('ZRANGE', K.seen, '-inf', nowMs - ARGV[3], 'BYSCORE', 'LIMIT', 0, limit)
    for _, entry in ipairs(ghosts) do
      local place = redis.call('ZSCORE', K.line, entry)
      if place then dropEntry(K, room, entry, tonumber(place)) else redis.call('ZREM', K.seen, entry) end
    end
  end
  if scanFrom then
    hasMoreLost = giveUpLost(K, math.max(tonumber(scanFrom), room.head + 1), tonumber(scanTo), tonumber(ARGV[7]))
  end
  local passed = redis.call('ZRANGE', K.gone, '-inf', room.head, 'BYSCORE', 'LIMIT', 0, limit)
  if #passed > 0 then redis.call('ZREM', K.gone, unpack(passed)) end
end

local reply = {
  room.stage, redis.call('ZCARD', K.line) + redis.call('ZCARD', K.arrivals), redis.call('HLEN', K.visits),
  (#ghosts == limit or hasMoreLost) and 1 or 0, tonumber(redis.call('HGET', K.meta, 'abandoned')) or 0,
  tonumber(redis.call('HGET', K.meta, 'abandonedInFront')) or 0, redis.call('LLEN', K.news),
}
for _, entry in ipairs(redis.call('HRANDFIELD', K.leaving, limit)) do reply[#reply + 1] = entry end
return reply
