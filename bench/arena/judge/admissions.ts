import type { Admission, Evidence, RoomUnderTest, Stay } from '../evidence.ts';

const byPlace = (a: Admission, b: Admission): number => a.place - b.place;
const byTime = (a: Admission, b: Admission): number => a.admittedAt - b.admittedAt || a.place - b.place;

/** Admissions beyond rate × time + burst, since the opening and within any shorter time. */
export function beyondRate(
  admissions: readonly Admission[],
  { opensAt, perMinute, burst }: Pick<RoomUnderTest, 'opensAt' | 'perMinute' | 'burst'>,
): string[] {
  const perMs = perMinute / 60_000;
  const sorted = admissions.toSorted(byTime);
  // count(i…j) - rate × (tj - ti) is largest where count - rate × t of the first is smallest
  let lowest = Infinity;
  let worst = { excess: 0, at: 0 };
  for (const [index, { admittedAt }] of sorted.entries()) {
    const sinceOpening = index + 1 - perMs * (admittedAt - opensAt);
    lowest = Math.min(lowest, index - perMs * (admittedAt - opensAt));
    const excess = Math.max(
      sinceOpening - burst,
      index + 1 - perMs * (admittedAt - opensAt) - lowest - burst,
    );
    if (excess > worst.excess) worst = { excess, at: admittedAt };
  }
  if (worst.excess < 1e-6) return [];
  return [`${worst.excess.toFixed(1)} more than that by ${timeOf(worst.at)}`];
}

/** Moments at which more were inside than the capacity. */
export function aboveCapacity(admissions: readonly Admission[], capacity: number): string[] {
  const most = mostInside(admissions);
  return most > capacity ? [`${most} were inside, of ${capacity}`] : [];
}

/** The highest number that was inside at once. */
export function mostInside(admissions: readonly Admission[]): number {
  const steps = admissions.flatMap(({ admittedAt, endedAt }) => [
    { at: admittedAt, by: 1 },
    ...(endedAt === null ? [] : [{ at: endedAt, by: -1 }]),
  ]);
  let inside = 0;
  let most = 0;
  for (const { by } of steps.sort((a, b) => a.at - b.at || a.by - b.by))
    most = Math.max(most, (inside += by));
  return most;
}

/**
 * Admissions against the published order: an entry at another place than was drawn or told, a place admitted before a lower one,
 * and places that were passed over while their people were there.
 */
export function outOfOrder({ admissions, order, stays, room, drawProblems }: Evidence): string[] {
  if (order === null) return [...drawProblems];
  const found: string[] = [];
  const sorted = admissions.toSorted(byPlace);
  const told = new Map(stays.flatMap((stay) => (stay.place === null ? [] : [[stay.place, stay] as const])));
  for (const [index, { place, entry, admittedAt }] of sorted.entries()) {
    const drawn = place <= order.length ? order[place - 1] : told.get(place)?.entry;
    if (drawn !== undefined && drawn !== entry)
      found.push(`${entry} was admitted at ${place}, which ${drawn} has`);
    const next = sorted[index + 1];
    if (next !== undefined && next.admittedAt < admittedAt)
      found.push(`${next.place} was admitted at ${timeOf(next.admittedAt)}, before ${place}`);
    if (next?.place === place) found.push(`place ${place} was admitted twice`);
  }
  return [...found, ...passedOver(sorted, told, room.graceMs), ...lostPlaces(stays, sorted, room.graceMs)];
}

/** Of waiters whose place the head passed: those who had neither left nor been silent for as long as the grace. */
function passedOver(
  sorted: readonly Admission[],
  told: ReadonlyMap<number, Stay>,
  graceMs: number,
): string[] {
  const admitted = new Set(sorted.map(({ place }) => place));
  const found: string[] = [];
  let next = 0;
  for (const [place, { entry, heardAt, leftAt }] of [...told].sort(([a], [b]) => a - b)) {
    while (next < sorted.length && sorted[next]!.place < place) next++;
    const passedAt = sorted[next]?.admittedAt;
    if (passedAt === undefined) break; // the line did not get so far
    if (admitted.has(place)) continue;
    const hadLeft = leftAt !== null && leftAt <= passedAt + CLOCKS_MS;
    if (!hadLeft && heardAt + graceMs > passedAt + CLOCKS_MS)
      found.push(`${entry} at ${place} was passed over at ${timeOf(passedAt)}`);
  }
  return found;
}

/** Waiters who are gone without having left, been silent, or been admitted. */
function lostPlaces(stays: readonly Stay[], sorted: readonly Admission[], graceMs: number): string[] {
  const admitted = new Set(sorted.map(({ place }) => place));
  return stays
    .filter(({ place, goneAt, leftAt, heardAt }) => {
      if (goneAt === null || leftAt !== null || goneAt - heardAt + CLOCKS_MS >= graceMs) return false;
      return place === null || !admitted.has(place);
    })
    .map(({ entry, place, goneAt }) => `${entry} at ${place} was gone at ${timeOf(goneAt!)}`);
}

/** What lies between an answer of the server and the time that its reader notes. */
const CLOCKS_MS = 1_000;

/** Time of day, for messages. */
export const timeOf = (ms: number): string => new Date(ms).toISOString().slice(11, 23);
