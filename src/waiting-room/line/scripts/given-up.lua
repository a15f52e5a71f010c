--[[
Functions for the places beyond the head that were given up, prepended after room.lua: ranges that do not overlap, by their
last place.

KEYS     none
ARGV     none
Returns  nothing by itself
]]

-- Places that were given up: `first-last`, or one of them alone.
local function rangeOf(first, last)
  return first == last and string.format('%.0f', first) or string.format('%.0f-%.0f', first, last)
end
local function parseRange(range)
  local first, last = string.match(range, '^(%d+)%-?(%d*)$')
  return tonumber(first), tonumber(last) or tonumber(first)
end

-- First and last of the places given up that have `place` or follow it; nil: there are none.
local function givenUpFrom(K, place)
  local range = redis.call('ZRANGE', K.gone, place, '+inf', 'BYSCORE', 'LIMIT', 0, 1)[1]
  if not range then return nil end
  local first, last = parseRange(range)
  return first, last, range
end

-- A place that was given up is in the line again.
local function takeBack(K, place)
  local first, last, range = givenUpFrom(K, place)
  if not first or first > place then return end
  redis.call('ZREM', K.gone, range)
  if first < place then redis.call('ZADD', K.gone, place - 1, rangeOf(first, place - 1)) end
  if place < last then redis.call('ZADD', K.gone, last, rangeOf(place + 1, last)) end
end
