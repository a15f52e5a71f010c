--[[
Functions that publish a step, prepended after room.lua and given-up.lua.

KEYS     none
ARGV     none
Returns  nothing by itself
]]

-- What is still given up of a piece of news, as JSON: a place, or ranges of places that were lost.
local function addGivenUp(K, news, gone)
  local first, last = parseRange(news)
  local isRange = string.find(news, '-', 1, true)
  while first <= last do
    local from, to = givenUpFrom(K, first)
    if not from or from > last then return end -- a token may have restored it
    from, to = math.max(from, first), math.min(to, last)
    gone[#gone + 1] = isRange and string.format('[%.0f,%.0f]', from, to) or string.format('%.0f', from)
    first = to + 1
  end
end

-- Publish the head, up to `limit` pieces of news of places that were given up, and the numbers of the room.
local function publish(K, generation, limit)
  local sequence = redis.call('HINCRBY', K.meta, 'sequence', 1)
  local head, rate, isSoldOut = unpack(redis.call('HMGET', K.meta, 'head', 'rate', 'soldOut'))
  local gone = {}
  for _, news in ipairs(redis.call('LPOP', K.news, limit) or {}) do addGivenUp(K, news, gone) end
  redis.call('SPUBLISH', K.channel, string.format(
    '{"generation":%d,"sequence":%.0f,"head":%d,"gone":[%s],"waiting":%d,"inside":%d,"measuredRate":%s,"isSoldOut":%s}',
    generation, sequence, head, table.concat(gone, ','),
    redis.call('ZCARD', K.line), redis.call('HLEN', K.visits),
    (rate or '') == '' and 'null' or rate, isSoldOut == '1' and 'true' or 'false'))
end
