import { randomInt } from 'node:crypto';

import type { Tx } from '../../platform/db/pool.ts';
import { notEnoughTickets, ticketsUnavailable } from '../outcomes.ts';
import type { TicketRow } from '../store/columns.ts';
import { countFreeTickets, lockFreeTickets, lockTickets } from '../store/tickets.ts';
import type { AreaRequest } from './parse-selection.ts';
import type { SafetySwitches } from './safety-switches.ts';
import type { Order } from './validate-order.ts';

/** What came of looking for the tickets. */
export type Picked =
  /** They are free and locked. */
  | { picked: TicketRow[] }
  /** Some are not free. */
  | { refusal: ReturnType<typeof ticketsUnavailable> | ReturnType<typeof notEnoughTickets> }
  /** There are enough, but others have locked them and may yet leave them: look again, with patience. */
  | 'contended';

/**
 * Lock the tickets of an order, if they are all free; one that does not insist counts what others have locked as taken. Places are always locked in ascending order, and whoever locks
 * in another order (an area from the middle) waits for nobody; so there are no deadlocks.
 */
export async function pickTickets(
  tx: Tx,
  { sale: { eventId }, selection, exactPlaces }: Pick<Order, 'sale' | 'selection' | 'exactPlaces'>,
  options: { patient: boolean; guards: Readonly<SafetySwitches> },
): Promise<Picked> {
  if (selection.kind === 'AREAS') return pickFromAreas(tx, eventId, selection.areas, options);
  const found = await lockTickets(tx, eventId, selection.places, { ...options.guards, skipLocked: !exactPlaces });
  const free = new Set(found.filter(({ status }) => status === 'AVAILABLE').map(({ place }) => place));
  const taken = selection.places.filter((place) => !free.has(place));
  return taken.length > 0 ? { refusal: ticketsUnavailable(taken) } : { picked: found };
}

async function pickFromAreas(
  tx: Tx,
  eventId: string,
  requests: readonly AreaRequest[],
  options: { patient: boolean; guards: Readonly<SafetySwitches> },
): Promise<Picked> {
  const picked: TicketRow[] = [];
  for (const { area, quantity } of requests) {
    const range = { from: area.firstPlace, to: area.firstPlace + area.places };
    const found = await pickFromArea(tx, eventId, range, quantity, options);
    if (found.length < quantity) {
      const available = await countFreeTickets(tx, eventId, range);
      if (available >= quantity && !options.patient) return 'contended';
      return { refusal: notEnoughTickets(area, Math.min(available, quantity - 1)) };
    }
    picked.push(...found);
  }
  return { picked };
}

/**
 * Without patience, look from a random place on, so that not everybody meets at the first free one, and skip what others
 * have locked. With patience, look in order and wait for the others: so the very last ticket finds its buyer.
 */
async function pickFromArea(
  tx: Tx,
  eventId: string,
  range: { from: number; to: number },
  quantity: number,
  { patient, guards: { rowLocks } }: { patient: boolean; guards: Readonly<SafetySwitches> },
): Promise<TicketRow[]> {
  if (patient) return lockFreeTickets(tx, eventId, range, quantity, { rowLocks, skipLocked: false });
  const start = randomInt(range.from, range.to);
  const skipping = { rowLocks, skipLocked: true };
  const found = await lockFreeTickets(tx, eventId, { ...range, from: start }, quantity, skipping);
  if (found.length === quantity || start === range.from) return found;
  const missing = quantity - found.length;
  return [...found, ...(await lockFreeTickets(tx, eventId, { ...range, to: start }, missing, skipping))];
}
