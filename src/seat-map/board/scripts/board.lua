--[[
Functions shared by the scripts of seat boards, prepended to each of them.

KEYS     none
ARGV     none
Returns  nothing by itself
]]

-- Identifies this run of this Redis process. A board restored from disk, or by the failover to a replica, may lack changes that
-- the feed has acknowledged: it is valid only in the process that it was filled in.
local function currentRun()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
end

-- Value of a claim. It is valid in this run only, too: a restored Redis may have the claim, and lack changes made after it.
local function claimOf(token)
  return token .. ' ' .. currentRun()
end

-- The board; nil if there is none, if it is from another run, or if one of its keys was evicted.
local function readBoard(meta, content, versions)
  local epoch, sequence, available, places, run =
    unpack(redis.call('HMGET', meta, 'epoch', 'sequence', 'available', 'places', 'run'))
  if not epoch or run ~= currentRun() then return nil end
  places = tonumber(places)
  if redis.call('STRLEN', content) ~= places then return nil end
  if redis.call('STRLEN', versions) ~= 4 * places then return nil end
  return { epoch = epoch, sequence = tonumber(sequence), available = tonumber(available) }
end

-- Apply the changes (9 bytes each: place, version, status letter) that are newer than the board's versions.
-- Returns the places whose status changed, their status letters, and by how many the available places have grown.
local function writeChanges(content, versions, changes)
  local places, statuses, freed = {}, {}, 0
  for at = 1, #changes, 9 do
    local place, version, status = struct.unpack('>I4I4c1', changes, at)
    local known = redis.call('GETRANGE', versions, 4 * place, 4 * place + 3)
    if #known == 4 and struct.unpack('>I4', known) < version then
      redis.call('SETRANGE', versions, 4 * place, struct.pack('>I4', version))
      local before = redis.call('GETRANGE', content, place, place)
      if before ~= status then
        redis.call('SETRANGE', content, place, status)
        places[#places + 1], statuses[#statuses + 1] = place, status
        if status == 'A' then freed = freed + 1 elseif before == 'A' then freed = freed - 1 end
      end
    end
  end
  return places, statuses, freed
end

-- Restart the TTL of a board that was read.
local function keepAlive(keys, ttlMs)
  for _, key in ipairs(keys) do redis.call('PEXPIRE', key, ttlMs) end
end
