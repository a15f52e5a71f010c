import { eq, sql } from 'drizzle-orm';

import { events } from '../../catalog/index.ts';
import type { Db, DbOrTx } from '../../platform/db/pool.ts';
import { singleFlightFresh } from '../../platform/single-flight.ts';
import { isOnSale, saleEnd, saleHasBegun } from './conditions.ts';

/** What one has to know of an Event to sell its tickets. */
export type Sale = NonNullable<Awaited<ReturnType<typeof findSale>>>;

/** Read what is being sold at an Event and whether it is on sale now, by the database's clock. `null`: no such Event. */
export async function findSale(db: DbOrTx, eventId: string) {
  const [sale] = await db
    .select({
      eventId: events.id,
      organiserId: events.organiserId,
      status: events.status,
      seatingPlanId: events.seatingPlanId,
      currency: events.currency,
      ticketLimit: events.ticketLimit,
      holdSeconds: events.holdSeconds,
      holdCapSeconds: events.holdCapSeconds,
      orphanRule: events.orphanRule,
      /** When selling begins; null once it has. */
      saleStartsAt:
        sql<Date | null>`case when ${saleHasBegun(events)} then null else ${events.saleStartsAt} end`.mapWith(
          events.saleStartsAt,
        ),
      saleEndsAt: sql<Date>`${saleEnd(events)}`.mapWith(events.startsAt),
      open: sql<boolean>`${isOnSale(events)}`,
    })
    .from(events)
    .where(eq(events.id, eventId));
  return sale ?? null;
}

/** By database, as each has Events of its own. */
const readings = new WeakMap<Db, (eventId: string) => Promise<Sale | null>>();

/** The same for whoever asks at the same moment: at the opening everybody wants the same Event. */
export function findSaleShared(db: Db, eventId: string): Promise<Sale | null> {
  let read = readings.get(db);
  if (read === undefined) readings.set(db, (read = singleFlightFresh((id) => findSale(db, id))));
  return read(eventId);
}
