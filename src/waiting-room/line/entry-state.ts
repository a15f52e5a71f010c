/** Where an entry stands. */
export type EntryState =
  /** Joined before the opening: it has no place yet. */
  | { kind: 'before-opening' }
  /** In the line. */
  | { kind: 'waiting'; place: number }
  /** May shop until the end of the visit. */
  | { kind: 'admitted'; place: number; visitEndsAt: Date }
  /** Not in the line any more: it left, was given up, or its visit is over. */
  | { kind: 'gone'; place: number | null };

/** A place that was given up, or the first and last of places that Redis lost and no token restored. */
export type GivenUp = number | readonly [first: number, last: number];

/** What a step of the controller publishes: the one message that moves every waiter of an Event. */
export interface LineMessage {
  generation: number;
  /** Counts messages of a generation; a reader that misses one loads the line anew. */
  sequence: number;
  /** The highest place that was admitted, or given up on the way. */
  head: number;
  /** Places beyond the head that were given up since the last message. */
  gone: readonly GivenUp[];
  /** Entries in the line, and viewers that shop. */
  waiting: number;
  inside: number;
  /** Admissions of the last minutes, per minute; null until there were some. */
  measuredRate: number | null;
  /** No ticket can be had, and none is held. */
  isSoldOut: boolean;
}

/** An entry that waits, with a place or for the opening. */
export type EntryInLine = Extract<EntryState, { kind: 'waiting' | 'before-opening' }>;

/** Whether an entry waits. */
export const isInLine = (state: EntryState | null): state is EntryInLine =>
  state?.kind === 'waiting' || state?.kind === 'before-opening';
