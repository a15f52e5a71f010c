/** A row that can be reached without stairs, and how many seats it has. */
export interface StepFreeRow {
  seats: number;
}

/** One seat in a hundred is for a wheelchair: what guides for sports grounds and theatres ask for, roughly. */
const ACCESSIBLE_SHARE = 0.01;

/** How many wheelchair places a house has; the smallest rooms have none of their own. */
export const accessibleSeatCount = (places: number): number =>
  places < 20 ? 0 : Math.max(1, Math.round(places * ACCESSIBLE_SHARE));

/**
 * Choose wheelchair places: for each row the indexes of its accessible seats, ascending. They stand at the ends of
 * rows, by the aisle, and the next seat inwards is a companion's; rows take one more pair in turn until all are placed.
 */
export function chooseAccessibleSeats(rows: readonly StepFreeRow[], wanted: number): number[][] {
  const chosen: number[][] = rows.map(() => []);
  let left = wanted;
  for (let pair = 0; left > 0; pair++) {
    const able = rows.map((row, index) => ({ row, index })).filter(({ row }) => row.seats >= 2 * (pair + 1));
    if (able.length === 0) break;
    // fewer places than rows: spread them over the house instead of filling its first blocks
    const step = Math.max(1, able.length / left);
    for (let at = 0; at < able.length && left > 0; at += step) {
      const { row, index } = able[Math.floor(at)] as (typeof able)[number];
      const depth = pair >>> 1;
      chosen[index]?.push(pair % 2 === 0 ? 2 * depth : row.seats - 1 - 2 * depth);
      left--;
    }
  }
  return chosen.map((seats) => seats.toSorted((a, b) => a - b));
}
