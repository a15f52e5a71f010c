import { LRUCache } from 'lru-cache';

import type { Db } from '../../platform/db/pool.ts';
import { singleFlightFresh } from '../../platform/single-flight.ts';
import { notEnoughTickets } from '../outcomes.ts';
import { countFreeTickets } from '../store/tickets.ts';
import type { AreaRequest } from './parse-selection.ts';

type NotEnough = ReturnType<typeof notEnoughTickets>;

/** Whoever was refused in an area is followed by many more for some minutes; a festival has some twenty areas. */
const REMEMBERED = { max: 1_000, ttl: 5 * 60_000 };

/** By database, and area: how to count what is left where somebody was refused lately. */
const scarce = new WeakMap<Db, LRUCache<string, () => Promise<number>>>();

/**
 * Refuse what an area has too few tickets for, if that has happened there lately. `null`: it is worth trying.
 *
 * To see that a stadium's standing area is sold out Postgres reads all of its 60,000 tickets, which takes 28 ms; so those
 * who ask at the same moment share one count, which is never older than their question, and open no transaction.
 */
export async function refuseScarce(
  db: Db,
  eventId: string,
  requests: readonly AreaRequest[],
): Promise<NotEnough | null> {
  const known = scarce.get(db);
  for (const { area, quantity } of requests) {
    const available = await known?.get(keyOf(eventId, area.key))?.();
    if (available === undefined) continue;
    if (available < quantity) return notEnoughTickets(area, available);
    known!.delete(keyOf(eventId, area.key)); // somebody let go of some
  }
  return null;
}

/** Remember that somebody was refused for want of tickets in an area. */
export function rememberScarce(
  db: Db,
  eventId: string,
  requests: readonly AreaRequest[],
  refusal: NotEnough,
): void {
  const request = requests.find(({ area }) => area.key === refusal.area);
  if (request === undefined) return;
  let known = scarce.get(db);
  if (known === undefined) {
    known = new LRUCache<string, () => Promise<number>>(REMEMBERED);
    scarce.set(db, known);
  }
  const { key, firstPlace, places } = request.area;
  if (known.has(keyOf(eventId, key))) return;
  const range = { from: firstPlace, to: firstPlace + places };
  const count = singleFlightFresh(() => countFreeTickets(db, eventId, range));
  known.set(keyOf(eventId, key), () => count(''));
}

const keyOf = (eventId: string, area: string) => `${eventId} ${area}`;
