import { writeCursor, type Position } from './cursors.ts';
import type { BoardDelta } from './encoding.ts';

/** What changed on a map; the shape of the schema's `SeatMapDelta`. */
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

/** What a delta weighs per place, as JSON: the number, a comma, the letter. */
const BYTES_PER_PLACE = 7;

/** Make an update of the latest letter of each place that changed. */
export function updateOf(
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

/** Make one update of deltas that follow each other; of none: one without places. */
export function mergeDeltas(
  from: Position,
  deltas: readonly BoardDelta[],
  now: { available: number; stale: boolean },
): SeatMapDelta {
  const latest = new Map<number, string>();
  for (const { places, letters } of deltas) {
    for (const [index, place] of places.entries()) latest.set(place, letters[index]!);
  }
  const sequence = deltas.at(-1)?.sequence ?? from.sequence;
  return updateOf({ epoch: from.epoch, sequence }, from.sequence + 1, latest, now);
}

/** Tell whether a whole map of so many places is shorter than the update. */
export const isLongerThanMap = ({ places }: SeatMapDelta, mapPlaces: number): boolean =>
  places.length * BYTES_PER_PLACE > mapPlaces;
