import type { Admission, TicketChange } from '../evidence.ts';
import { timeOf } from './admissions.ts';

/** The controller reads the stock in its step, and commits the admissions after. */
const STEP_MS = 2_000;

interface Step {
  at: number;
  apply(): void;
}

/**
 * Admissions for which there was no ticket: at no moment of the step were as many available, beyond one for each viewer inside
 * who held none, as were admitted.
 */
export function beyondStock(
  admissions: readonly Admission[],
  ticketChanges: readonly TicketChange[],
  { seats, holders }: { seats: number; holders: ReadonlyMap<string, string> },
): string[] {
  let available = seats;
  const inside = new Set<string>();
  const holding = new Map<string, number>();
  let idle = 0;
  const isIdle = (entry: string) => inside.has(entry) && !holding.has(entry);
  const change = (entry: string | undefined, work: (entry: string) => void) => {
    if (entry === undefined) return;
    const before = isIdle(entry);
    work(entry);
    idle += Number(isIdle(entry)) - Number(before);
  };
  const hold = (reservation: string | null, by: 1 | -1) =>
    change(reservation === null ? undefined : holders.get(reservation), (entry) => {
      const count = (holding.get(entry) ?? 0) + by;
      if (count === 0) holding.delete(entry);
      else holding.set(entry, count);
    });

  const groups = Map.groupBy(admissions, ({ admittedAt }) => admittedAt);
  const steps: Step[] = [
    ...ticketChanges.flatMap((one) => stepsOf(one, hold, (by) => (available += by))),
    ...[...groups].map(([at, group]) => ({
      at,
      apply: () => group.forEach(({ entry }) => change(entry, () => inside.add(entry))),
    })),
    ...admissions.flatMap(({ entry, endedAt }) =>
      endedAt === null ? [] : [{ at: endedAt, apply: () => change(entry, () => inside.delete(entry)) }],
    ),
  ].sort((a, b) => a.at - b.at);

  // what could be admitted at each moment
  const room: { at: number; free: number }[] = [{ at: -Infinity, free: seats }];
  const found: string[] = [];
  let from = 0;
  for (const { at, apply } of steps) {
    const admitted = groups.get(at)?.length ?? 0;
    if (admitted > 0) {
      while (from + 1 < room.length && room[from + 1]!.at <= at - STEP_MS) from++;
      const free = room.slice(from).reduce((most, one) => Math.max(most, one.free), -Infinity);
      if (free < admitted)
        found.push(`${timeOf(at)}: ${admitted} admitted with tickets for ${Math.max(0, free)} more`);
      groups.delete(at);
    }
    apply();
    room.push({ at, free: available - idle });
  }
  return found;
}

/** A hold that ran out freed its ticket then, not when its row was changed. */
function stepsOf(
  { at, from, to, fromReservation, toReservation, fromHeldUntil }: TicketChange,
  hold: (reservation: string | null, by: 1 | -1) => void,
  free: (by: 1 | -1) => void,
): Step[] {
  if (fromReservation === toReservation) return []; // paid, or extended
  const steps: Step[] = [];
  if (from !== 'AVAILABLE') {
    const freedAt = from === 'RESERVED' ? Math.min(at, fromHeldUntil ?? at) : at;
    steps.push({
      at: freedAt,
      apply: () => {
        hold(fromReservation, -1);
        free(1);
      },
    });
  }
  if (to !== 'AVAILABLE') {
    steps.push({
      at,
      apply: () => {
        hold(toReservation, 1);
        free(-1);
      },
    });
  }
  return steps;
}
