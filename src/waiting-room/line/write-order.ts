import type { RoomKey } from '../store/rooms.ts';
import type { Line } from './line.ts';

/** Some milliseconds of Redis. */
const PLACES_PER_BATCH = 1_000;
/** Of a thousand batches one may take longer than a call may; it can be repeated. */
const MAX_ATTEMPTS = 3;

/** Give places to entries in a drawn order, without the first `from` of them. `false`: Redis is away, or has lost the room. */
export async function writeOrder(
  line: Pick<Line, 'writePlaces'>,
  room: RoomKey,
  order: readonly string[],
  from = 0,
): Promise<boolean> {
  for (let start = from; start < order.length; start += PLACES_PER_BATCH) {
    const batch = order
      .slice(start, start + PLACES_PER_BATCH)
      .map((entry, index): [string, number] => [entry, start + index + 1]);
    let isWritten = false;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS && !isWritten; attempt++)
      isWritten = (await line.writePlaces(room, batch)) === true;
    if (!isWritten) return false;
  }
  return true;
}
