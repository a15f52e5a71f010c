import type { RedisHelper } from '../../platform/redis/client.ts';
import { Boards } from './boards.ts';
import { boardKeys } from './keys.ts';

/**
 * A mark of the last change to tickets of an Event that the feed has written, with or without a board: while it stays the same,
 * no ticket has changed. Changes of the last 30 s are kept, so it changes once more when the last of them is forgotten. Null: the
 * feed or Redis is unavailable, or the feed lags.
 */
export async function lastTicketChange(redis: RedisHelper, eventId: string): Promise<string | null> {
  const generation = await new Boards(redis).generation(eventId);
  if (generation === null) return null;
  const { recent } = boardKeys(redis.prefix, eventId, generation);
  const last = await redis.attempt<[id: string, fields: string[]][] | null>(
    'waitingRooms',
    recent,
    null,
    (connection) => connection.xrevrange(recent, '+', '-', 'COUNT', 1),
  );
  return last === null ? null : `${generation} ${last[0]?.[0] ?? ''}`;
}
