import { randomInt } from 'node:crypto';

import type { Tx } from '../../platform/db/pool.ts';
import { notEnoughTickets, ticketsUnavailable } from '../outcomes.ts';
import type { TicketRow } from '../store/columns.ts';
import { countFreeTickets, lockFreeTickets, lockTickets } from '../store/tickets.ts';
import type { AreaRequest } from './parse-selection.ts';
import type { SafetySwitches } from './safety-switches.ts';
import type { Order } from './validate-order.ts';

interface LockOptions {
  waitForLocks: boolean;
  switches: Readonly<SafetySwitches>;
}

type LockResult =
  | { tickets: TicketRow[] }
  | { refusal: ReturnType<typeof ticketsUnavailable> | ReturnType<typeof notEnoughTickets> }
  /** Enough tickets are free, but other transactions have locked some and may yet leave them: retry and wait for them. */
  | 'retry';

/**
 * Lock the tickets of an order if all of them are free. Unless it is for exact places, tickets that another transaction
 * has locked count as taken. Deadlocks are impossible: places are locked in ascending order, and an area, which is read
 * from a random place on, without waiting.
 */
export async function lockOrderTickets(
  tx: Tx,
  { sale: { eventId }, selection, exactPlaces }: Pick<Order, 'sale' | 'selection' | 'exactPlaces'>,
  options: LockOptions,
): Promise<LockResult> {
  if (selection.kind === 'AREAS') return lockInAreas(tx, eventId, selection.areas, options);
  const { rowLocks } = options.switches;
  const tickets = await lockTickets(tx, eventId, selection.places, { rowLocks, skipLocked: !exactPlaces });
  const free = new Set(tickets.filter(({ status }) => status === 'AVAILABLE').map(({ place }) => place));
  const taken = selection.places.filter((place) => !free.has(place));
  return taken.length > 0 ? { refusal: ticketsUnavailable(eventId, taken) } : { tickets };
}

async function lockInAreas(
  tx: Tx,
  eventId: string,
  requests: readonly AreaRequest[],
  options: LockOptions,
): Promise<LockResult> {
  const tickets: TicketRow[] = [];
  for (const { area, quantity } of requests) {
    const range = { from: area.firstPlace, to: area.firstPlace + area.places };
    const locked = await lockInArea(tx, eventId, range, quantity, options);
    if (locked.length < quantity) {
      const available = await countFreeTickets(tx, eventId, range);
      if (available >= quantity && !options.waitForLocks) return 'retry';
      return { refusal: notEnoughTickets(area, Math.min(available, quantity - 1)) };
    }
    tickets.push(...locked);
  }
  return { tickets };
}

/**
 * With `waitForLocks`, lock in order of place and wait, so that the very last ticket can be sold. Otherwise start at a
 * random place, so that concurrent orders do not contend for the first free ticket, and skip locked tickets.
 */
async function lockInArea(
  tx: Tx,
  eventId: string,
  range: { from: number; to: number },
  quantity: number,
  { waitForLocks, switches: { rowLocks } }: LockOptions,
): Promise<TicketRow[]> {
  if (waitForLocks) return lockFreeTickets(tx, eventId, range, quantity, { rowLocks, skipLocked: false });
  const start = randomInt(range.from, range.to);
  const skipping = { rowLocks, skipLocked: true };
  const locked = await lockFreeTickets(tx, eventId, { ...range, from: start }, quantity, skipping);
  if (locked.length === quantity || start === range.from) return locked;
  const missing = quantity - locked.length;
  return [...locked, ...(await lockFreeTickets(tx, eventId, { ...range, to: start }, missing, skipping))];
}
