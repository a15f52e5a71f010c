--[[
What the scripts of seat boards have in common; it stands before each of them.

KEYS     none
ARGV     none
Returns  nothing by itself
]]

-- Names this run of this Redis. A board that came back from disk, or with a replica that took over, may lack changes
-- that the feed has long acknowledged: it counts only in the process it was filled in.
local function currentRun()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
end

-- What whoever fills a board has written down. It counts in this run alone, too: a Redis that came back may have the claim
-- and lack changes that came after it.
local function claimOf(token)
  return token .. ' ' .. currentRun()
end

-- The board, or nil: there is none, it is from another run, or a piece of it was evicted.
local function readBoard(meta, content, versions)
  local epoch, sequence, available, places, run =
    unpack(redis.call('HMGET', meta, 'epoch', 'sequence', 'available', 'places', 'run'))
  if not epoch or run ~= currentRun() then return nil end
  places = tonumber(places)
  if redis.call('STRLEN', content) ~= places then return nil end
  if redis.call('STRLEN', versions) ~= 4 * places then return nil end
  return { epoch = epoch, sequence = tonumber(sequence), available = tonumber(available) }
end

-- Write changes (9 bytes each: place, version, letter) that are newer than what the board has.
-- Returns the places that look different now, their letters, and how many more places are available.
local function writeChanges(content, versions, changes)
  local places, letters, freed = {}, {}, 0
  for at = 1, #changes, 9 do
    local place, version, letter = struct.unpack('>I4I4c1', changes, at)
    local known = redis.call('GETRANGE', versions, 4 * place, 4 * place + 3)
    if #known == 4 and struct.unpack('>I4', known) < version then
      redis.call('SETRANGE', versions, 4 * place, struct.pack('>I4', version))
      local before = redis.call('GETRANGE', content, place, place)
      if before ~= letter then
        redis.call('SETRANGE', content, place, letter)
        places[#places + 1], letters[#letters + 1] = place, letter
        if letter == 'A' then freed = freed + 1 elseif before == 'A' then freed = freed - 1 end
      end
    end
  end
  return places, letters, freed
end

-- What is read or watched lives on.
local function keepAlive(keys, livesMs)
  for _, key in ipairs(keys) do redis.call('PEXPIRE', key, livesMs) end
end
