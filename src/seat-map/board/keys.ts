import { copiesOf } from '../../platform/redis/spread-keys.ts';

/**
 * Redis keys of an Event's seat board; all share the hash tag `{eventId}`. They contain the generation of the feed that
 * writes the board: a board of an earlier generation may lack changes, and is never read.
 */
export function boardKeys(prefix: string, eventId: string, generation: string) {
  const board = `${prefix}{${eventId}}:seat-board:${generation}`;
  return {
    /** Hash: epoch, sequence, available, places, run. */
    meta: `${board}:meta`,
    /** String: one status letter per place. */
    content: `${board}:content`,
    /** String: four bytes per place, the ticket version that the status letter belongs to. */
    versions: `${board}:versions`,
    /** List: the latest published deltas, oldest first. */
    deltas: `${board}:deltas`,
    /** Stream: changes of the last 30 s, applied again by a fill. */
    recent: `${board}:recent`,
    /** String: claim of the process that fills it. */
    claim: `${board}:claim`,
  };
}

/** Sharded channel on which an Event's deltas are published. */
export const seatMapChannel = (prefix: string, eventId: string): string => `${prefix}{${eventId}}:seat-map`;

/** Three copies of the heartbeat, spread over the shards; first the one likely on the shard of the Event `near`. */
export const feedKeys = (prefix: string, near?: string): string[] => copiesOf(prefix, 'seat-map-feed', near);
