/**
 * The orphan rule: a selection must not leave a single free seat (an orphan), between taken seats or at the end of its
 * row, if the row has room for as many seats side by side without one. An orphan stays unsold until the section is nearly full.
 *
 * A row ends at the aisles: seats across an aisle are not neighbours, seats across a price border are. All functions take one
 * row as a list of seats, 1 for a free seat.
 */

/** With a tenth of a section left, each sale is worth more than an orphan costs. */
const NEARLY_SOLD_OUT_SHARE = 0.1;

/** Whether a section is so nearly sold out that the rule no longer applies. */
export const isNearlySoldOut = (free: number, places: number): boolean =>
  free <= places * NEARLY_SOLD_OUT_SHARE;

/**
 * Whether `quantity` seats side by side fit in `run` free seats without an orphan; `before` and `after` are the free seats
 * that continue the run, but cannot be chosen: they have another price.
 */
export function fitsWithoutOrphan(run: number, quantity: number, before = 0, after = 0): boolean {
  for (let left = 0; left + quantity <= run; left++) {
    if (countOrphans(before + left, after + run - left - quantity) === 0) return true;
  }
  return false;
}

/** Number of orphans beside a block with `left` and `right` free seats next to it. */
export const countOrphans = (left: number, right: number): number =>
  (left === 1 ? 1 : 0) + (right === 1 ? 1 : 0);

/** List the orphans that a selection leaves in a row, without those that were orphans before. */
export function findOrphanSeats(free: ArrayLike<number>, chosen: readonly number[]): number[] {
  const taken = new Set(chosen);
  const staysFree = (seat: number) => free[seat] === 1 && !taken.has(seat);
  const beside = new Set(chosen.flatMap((seat) => [seat - 1, seat + 1]));
  return [...beside]
    .filter((seat) => staysFree(seat) && !staysFree(seat - 1) && !staysFree(seat + 1))
    .toSorted((a, b) => a - b);
}

/**
 * Whether `quantity` seats side by side fit anywhere in a row without an orphan. `isAlternative`: whether a seat may be one of
 * them; a buyer is not sent to another price.
 */
export function hasRoomWithoutOrphan(
  free: ArrayLike<number>,
  quantity: number,
  isAlternative: (seat: number) => boolean = () => true,
): boolean {
  const isFree = (seat: number) => free[seat] === 1;
  for (let start = 0; start < free.length; start++) {
    if (!isFree(start)) continue;
    let end = start + 1;
    while (end < free.length && isFree(end)) end++;
    let suitable = 0; // seats in a row that may be chosen, up to this one
    for (let seat = start; seat < end; seat++) {
      suitable = isAlternative(seat) ? suitable + 1 : 0;
      if (suitable >= quantity && countOrphans(seat + 1 - quantity - start, end - seat - 1) === 0)
        return true;
    }
    start = end;
  }
  return false;
}
