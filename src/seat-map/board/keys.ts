import { copiesOf } from '../../platform/redis/spread-keys.ts';

/**
 * The Redis keys of the seat board of one Event. All of them share the hash tag `{eventId}`. A board is named after the
 * generation of the change feed that keeps it: one of an earlier generation may lack changes, and nobody asks for it.
 */
export function boardKeys(prefix: string, eventId: string, generation: string) {
  const board = `${prefix}{${eventId}}:seat-board:${generation}`;
  return {
    /** Hash: epoch, sequence, available, places, run. */
    meta: `${board}:meta`,
    /** String: one letter per place. */
    content: `${board}:content`,
    /** String: four bytes per place, the version of the ticket that the letter is of. */
    versions: `${board}:versions`,
    /** List: the latest deltas as they were published, oldest first. */
    deltas: `${board}:deltas`,
    /** Stream: changes of the last moments, for whoever fills the board. */
    recent: `${board}:recent`,
    /** String: who is filling it. */
    claim: `${board}:claim`,
  };
}

/** The sharded channel on which the deltas of an Event are published. */
export const seatMapChannel = (prefix: string, eventId: string): string => `${prefix}{${eventId}}:seat-map`;

/** What the change feed says of itself, for as long as it is heard of; first the copy that likely lies near an Event. */
export const feedKeys = (prefix: string, near?: string): string[] => copiesOf(prefix, 'seat-map-feed', near);
