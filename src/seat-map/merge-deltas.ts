import { writeCursor, type Position } from './cursors.ts';
import type { BoardDelta } from './encoding.ts';

/** The shape of the schema's `SeatMapDelta`. */
export interface SeatMapDelta {
  __typename: 'SeatMapDelta';
  epoch: string;
  fromSequence: number;
  sequence: number;
  cursor: string;
  places: number[];
  statuses: string;
  available: number;
  stale: boolean;
}

/** Size of a place in a delta's JSON: up to five digits, a comma, the status letter. */
const BYTES_PER_PLACE = 7;

/** Build an update from the latest status of each changed place. */
export function buildDelta(
  to: Position,
  fromSequence: number,
  latest: ReadonlyMap<number, string>,
  { available, stale }: { available: number; stale: boolean },
): SeatMapDelta {
  const places = [...latest.keys()].sort((a, b) => a - b);
  return {
    __typename: 'SeatMapDelta',
    epoch: to.epoch,
    fromSequence,
    sequence: to.sequence,
    cursor: writeCursor(to),
    places,
    statuses: places.map((place) => latest.get(place)).join(''),
    available,
    stale,
  };
}

/** Merge consecutive deltas into one update; no deltas make one without places. */
export function mergeDeltas(
  from: Position,
  deltas: readonly BoardDelta[],
  current: { available: number; stale: boolean },
): SeatMapDelta {
  const latest = new Map<number, string>();
  for (const { places, statuses } of deltas) {
    for (const [index, place] of places.entries()) latest.set(place, statuses[index]!);
  }
  const sequence = deltas.at(-1)?.sequence ?? from.sequence;
  return buildDelta({ epoch: from.epoch, sequence }, from.sequence + 1, latest, current);
}

/** Whether a whole map of that many places is shorter than the update. */
export const isLongerThanMap = ({ places }: SeatMapDelta, mapPlaces: number): boolean =>
  places.length * BYTES_PER_PLACE > mapPlaces;
