--[[
Functions shared by the scripts of waiting rooms, prepended to each of them. `K` are the room's keys by name.

KEYS     none
ARGV     none
Returns  nothing by itself
]]

-- Keys by name, from the order of keys.ts.
local function keysOf(keys)
  return {
    meta = keys[1], line = keys[2], seen = keys[3], visits = keys[4], past = keys[5],
    arrivals = keys[6], gone = keys[7], news = keys[8], leaving = keys[9], abandoned = keys[10],
    unsaved = keys[11], channel = keys[12],
  }
end

-- Identifies this run of this Redis process: a restored Redis, or a replica that took over, may lack what others were told.
local function currentRun()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
end

-- Milliseconds since 1970: of Redis, unless a test gives its own.
local function clockMs(given)
  if given ~= '' then return tonumber(given) end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- The room; nil if Redis does not have it, or not from this run.
local function readRoom(K)
  local stage, run, next, reserved, head, proposed, fence = unpack(
    redis.call('HMGET', K.meta, 'stage', 'run', 'next', 'reserved', 'head', 'proposed', 'fence'))
  if not stage or run ~= currentRun() then return nil end
  return {
    stage = stage, next = tonumber(next), reserved = tonumber(reserved), head = tonumber(head),
    proposed = tonumber(proposed), fence = tonumber(fence),
  }
end

local function writeFields(K, fields)
  local list = {}
  for name, value in pairs(fields) do
    list[#list + 1] = name
    list[#list + 1] = value
  end
  redis.call('HSET', K.meta, unpack(list))
end

-- Make the room valid in this run, with what its caller read in Postgres. The sizes of its keys are counted from here on.
local function writeRoom(K, fields)
  fields.run, fields.inLine, fields.inside = currentRun(), redis.call('ZCARD', K.line), redis.call('HLEN', K.visits)
  writeFields(K, fields)
end

-- Wait for signs of life of a line that was lost, as silence before now says nothing.
local function settle(fields, nowMs, settleMs)
  fields.heardFrom, fields.graceFrom, fields.settlesAt, fields.settleMs = nowMs, nowMs, nowMs + settleMs, settleMs
  fields.settlesAnew = 0
end

-- Place and end of a visit.
local function parseVisit(visit)
  local place, ends = string.match(visit, '^(%d+) (%d+)$')
  return tonumber(place), tonumber(ends)
end

-- Where an entry stands; nil if it is unknown.
local function stateOf(K, entry)
  local visit = redis.call('HGET', K.visits, entry)
  local isLeaving = visit and redis.call('HEXISTS', K.leaving, entry) == 1
  if visit and not isLeaving then return { 'admitted', parseVisit(visit) } end
  local place = redis.call('ZSCORE', K.line, entry)
  if place then return { 'waiting', tonumber(place) } end
  local past = redis.call('HGET', K.past, entry) -- also of one that left the list that was closed
  if past then return { 'gone', tonumber(past) or 0 } end
  if redis.call('ZSCORE', K.arrivals, entry) then return { 'before-opening' } end
  if visit then return { 'gone', (parseVisit(visit)) } end
  return nil
end

-- Time of the last sign of an entry of a list that gave none since Redis lost it; 0 is that of one that left.
local UNHEARD = 1

-- A sign of life of an entry that waits.
local function heard(K, entry, atMs)
  redis.call('ZADD', K.seen, 'XX', 'GT', atMs, entry)
end

-- Write an entry into the line or take it out, counted.
local function addToLine(K, entry, place)
  redis.call('HINCRBY', K.meta, 'inLine', redis.call('ZADD', K.line, place, entry))
end
local function removeFromLine(K, entry)
  redis.call('HINCRBY', K.meta, 'inLine', 0 - redis.call('ZREM', K.line, entry))
  redis.call('ZREM', K.seen, entry)
end

-- Put an entry at a place of the line.
local function putInLine(K, entry, place, nowMs)
  addToLine(K, entry, place)
  redis.call('ZADD', K.seen, 'GT', nowMs, entry)
  redis.call('HDEL', K.past, entry)
end

-- Let a new entry in: without a place before the opening, else at the end of the line.
local function enter(K, room, entry, nowMs)
  if room.stage == 'arrivals' then
    local arrived = redis.call('HINCRBY', K.meta, 'arrived', 1)
    redis.call('ZADD', K.arrivals, arrived, entry)
    redis.call('ZADD', K.seen, 'GT', nowMs, entry)
    redis.call('HDEL', K.past, entry)
    if arrived == 1 then -- until a controller steps, these keys expire with the room
      local ttlMs = redis.call('PTTL', K.meta)
      if ttlMs > 0 then
        for _, key in ipairs({ K.arrivals, K.seen }) do redis.call('PEXPIRE', key, ttlMs) end
      end
    end
    return { 'before-opening' }
  end
  local place = room.next + 1
  if place > room.reserved then return { 'reserve', place } end
  redis.call('HSET', K.meta, 'next', place)
  room.next = place
  putInLine(K, entry, place, nowMs)
  return { 'waiting', place }
end

-- Places of a part of `abandoned`, as in store/abandoned-places.ts, and the last place that it has: 8 MB.
local PLACES_PER_PART, MAX_ABANDONED_PLACE = 16384, 67108864

-- Whether the entry of a place left it, or lost it by silence: nothing restores that.
local function isAbandoned(K, place)
  return place <= MAX_ABANDONED_PLACE and redis.call('GETBIT', K.abandoned, place - 1) == 1
end
local function noteAbandoned(K, place)
  if place > MAX_ABANDONED_PLACE or redis.call('SETBIT', K.abandoned, place - 1, 1) == 1 then return end
  redis.call('HINCRBY', K.unsaved, math.floor((place - 1) / PLACES_PER_PART), 1)
end

-- Take an entry out of the line; its place is published as given up, unless the head has passed it.
local function dropEntry(K, room, entry, place)
  local ahead = redis.call('ZRANK', K.line, entry)
  if ahead and 2 * ahead < redis.call('ZCARD', K.line) then redis.call('HINCRBY', K.meta, 'abandonedInFront', 1) end
  removeFromLine(K, entry)
  redis.call('HSET', K.past, entry, place)
  redis.call('HINCRBY', K.meta, 'abandoned', 1)
  if place > room.head then
    noteAbandoned(K, place)
    redis.call('ZADD', K.gone, place, place)
    redis.call('RPUSH', K.news, place)
  end
end

-- Whether a controller with this fence may go on; from now on none with a lower one may.
local function holdsFence(K, room, fence)
  if fence < room.fence then return false end
  if fence > room.fence then
    redis.call('HSET', K.meta, 'fence', fence, 'sequence', string.format('%.0f', fence * 1e9))
    room.fence = fence
  end
  return true
end
