import { LRUCache } from 'lru-cache';

import type { Db } from '../../platform/db/pool.ts';
import { singleFlightFresh } from '../../platform/single-flight.ts';
import { notEnoughTickets } from '../outcomes.ts';
import { countFreeTickets } from '../store/tickets.ts';
import type { AreaRequest } from './parse-selection.ts';

type NotEnoughTickets = ReturnType<typeof notEnoughTickets>;

/** A refusal in an area is followed by many more for some minutes; a festival has some twenty areas. */
const CACHE_LIMITS = { max: 1_000, ttl: 5 * 60_000 };

/** Counters of free tickets by database and area; only areas with a recent refusal have one. */
const counters = new WeakMap<Db, LRUCache<string, () => Promise<number>>>();

/**
 * Refuse a quantity that an area no longer has, if the area has had a recent refusal. `null`: try.
 *
 * To find a stadium's standing area sold out, Postgres reads its 60,000 tickets in 28 ms. So concurrent orders share one
 * count that begins after the last of them arrived, and open no transaction.
 */
export async function refuseSoldOutAreas(
  db: Db,
  eventId: string,
  requests: readonly AreaRequest[],
): Promise<NotEnoughTickets | null> {
  const known = counters.get(db);
  for (const { area, quantity } of requests) {
    const available = await known?.get(keyOf(eventId, area.key))?.();
    if (available === undefined) continue;
    if (available < quantity) return notEnoughTickets(area, available);
    known!.delete(keyOf(eventId, area.key)); // tickets were released
  }
  return null;
}

/** Remember the area of a refusal, so that `refuseSoldOutAreas` counts there. */
export function rememberSoldOutArea(
  db: Db,
  eventId: string,
  requests: readonly AreaRequest[],
  refusal: NotEnoughTickets,
): void {
  const request = requests.find(({ area }) => area.key === refusal.area);
  if (request === undefined) return;
  let known = counters.get(db);
  if (known === undefined) {
    known = new LRUCache<string, () => Promise<number>>(CACHE_LIMITS);
    counters.set(db, known);
  }
  const { key, firstPlace, places } = request.area;
  if (known.has(keyOf(eventId, key))) return;
  const range = { from: firstPlace, to: firstPlace + places };
  const count = singleFlightFresh(() => countFreeTickets(db, eventId, range));
  known.set(keyOf(eventId, key), () => count(''));
}

const keyOf = (eventId: string, area: string) => `${eventId} ${area}`;
