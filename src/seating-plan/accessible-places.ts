/** A row with step-free access. */
export interface StepFreeRow {
  seats: number;
}

/** One place in a hundred is for a wheelchair: about what guides for sports grounds and theatres recommend. */
const ACCESSIBLE_SHARE = 0.01;

/** Number of wheelchair places for a capacity; none below 20 places. */
export const accessibleSeatCount = (places: number): number =>
  places < 20 ? 0 : Math.max(1, Math.round(places * ACCESSIBLE_SHARE));

/**
 * Choose `count` wheelchair places. Returns the indexes of the accessible seats of each row, ascending.
 *
 * Pairs of a wheelchair place and a companion seat, from the ends of rows inwards; each round adds one pair per row.
 */
export function chooseAccessibleSeats(rows: readonly StepFreeRow[], count: number): number[][] {
  const chosen: number[][] = rows.map(() => []);
  let remaining = count;
  for (let pair = 0; remaining > 0; pair++) {
    const eligible = rows
      .map((row, index) => ({ row, index }))
      .filter(({ row }) => row.seats >= 2 * (pair + 1));
    if (eligible.length === 0) break;
    // fewer places than rows: spread them over the venue instead of filling its first blocks
    const step = Math.max(1, eligible.length / remaining);
    for (let position = 0; position < eligible.length && remaining > 0; position += step) {
      const { row, index } = eligible[Math.floor(position)] as (typeof eligible)[number];
      const depth = pair >>> 1;
      chosen[index]?.push(pair % 2 === 0 ? 2 * depth : row.seats - 1 - 2 * depth);
      remaining--;
    }
  }
  return chosen.map((seats) => seats.toSorted((a, b) => a - b));
}
