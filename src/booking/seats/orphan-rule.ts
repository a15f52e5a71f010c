/**
 * The no-orphan rule: a choice of seats may not leave a single free seat alone, between taken ones or at the end of its
 * row, if the row has room for as many side by side without that. Nobody buys such a seat until the house is nearly full.
 *
 * A row goes from aisle to aisle: across a gap nobody sits beside anybody. All of this is about one row at a time, as a
 * list of seats: 1 is free, everything else is not.
 */

/** A tenth: with so little of a section left, every seat sold counts for more than a seat left alone. */
const NEARLY_SOLD_OUT_SHARE = 0.1;

/** Whether so little of a section is left that the rule does not apply to it any more. */
export const isNearlySoldOut = (free: number, places: number): boolean =>
  free <= places * NEARLY_SOLD_OUT_SHARE;

/** Whether so many can sit side by side among `run` free seats without leaving one of them alone. */
export const fitsWithoutOrphan = (run: number, quantity: number): boolean =>
  run === quantity || run >= quantity + 2;

/** How many seats are left alone by taking seats that leave so many free ones to their left and right. */
export const countOrphans = (left: number, right: number): number =>
  (left === 1 ? 1 : 0) + (right === 1 ? 1 : 0);

/** List the seats of a row that a choice leaves alone; those that were alone before are not its fault. */
export function findOrphanSeats(free: ArrayLike<number>, chosen: readonly number[]): number[] {
  const taken = new Set(chosen);
  const staysFree = (seat: number) => free[seat] === 1 && !taken.has(seat);
  const beside = new Set(chosen.flatMap((seat) => [seat - 1, seat + 1]));
  return [...beside]
    .filter((seat) => staysFree(seat) && !staysFree(seat - 1) && !staysFree(seat + 1))
    .toSorted((a, b) => a - b);
}

/** Whether somewhere in a row so many can sit side by side without leaving a seat alone. */
export function hasRoomWithoutOrphan(free: ArrayLike<number>, quantity: number): boolean {
  let run = 0;
  for (let seat = 0; seat <= free.length; seat++) {
    if (free[seat] === 1) run++;
    else if (run > 0) {
      if (fitsWithoutOrphan(run, quantity)) return true;
      run = 0;
    }
  }
  return false;
}
