import type { EntryState } from './entry-state.ts';

/** The state of an entry as scripts return it; `reserve`, `lost` and `restoring` are none, and neither is an empty one. */
export type StateReply = [
  kind?: 'before-opening' | 'waiting' | 'admitted' | 'gone' | 'reserve' | 'lost' | 'restoring',
  place?: number,
  visitEndsMs?: number,
];

/** Parse the state of an entry; null if the reply is none. */
export function parseState([kind, place = 0, visitEndsMs = 0]: StateReply): EntryState | null {
  switch (kind) {
    case 'before-opening':
      return { kind };
    case 'waiting':
      return { kind, place };
    case 'admitted':
      return { kind, place, visitEndsAt: new Date(visitEndsMs) };
    case 'gone':
      return { kind, place: place === 0 ? null : place };
    default:
      return null;
  }
}
