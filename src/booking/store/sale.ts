import { eq, sql } from 'drizzle-orm';

import { events, isOver } from '../../catalog/index.ts';
import { named } from '../../platform/db/named.ts';
import type { Db, DbOrTx } from '../../platform/db/pool.ts';
import { singleFlightFresh } from '../../platform/single-flight.ts';
import { isOnSale, isPausedSale, saleEnd, saleHasBegun } from './sale-window.ts';

/** The terms of an Event's sale. */
export type Sale = NonNullable<Awaited<ReturnType<typeof findSale>>>;

/** Read the terms of an Event's sale, and whether it is on sale now by the database's clock. `null`: no such Event. */
export async function findSale(db: DbOrTx, eventId: string) {
  const [sale] = await named(db, 'booking.findSale')
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
      /** Start of the sale; null once it has begun. */
      saleStartsAt:
        sql<Date | null>`case when ${saleHasBegun(events)} then null else ${events.saleStartsAt} end`.mapWith(
          events.saleStartsAt,
        ),
      saleEndsAt: sql<Date>`${saleEnd(events)}`.mapWith(events.startsAt),
      /** When the sale was paused that would be open now; else null. */
      pausedAt: sql<Date | null>`case when ${isPausedSale(events)} then ${events.salePausedAt} end`.mapWith(
        events.salePausedAt,
      ),
      open: sql<boolean>`${isOnSale(events)}`,
    })
    .from(events)
    .where(eq(events.id, eventId));
  return sale ?? null;
}

/** By database, as each has Events of its own. */
const sharedReads = new WeakMap<Db, (eventId: string) => Promise<Sale | null>>();

/** `findSale`, shared by concurrent callers: at the start of a sale all of them read the same Event. */
export function findSaleShared(db: Db, eventId: string): Promise<Sale | null> {
  let read = sharedReads.get(db);
  if (read === undefined) sharedReads.set(db, (read = singleFlightFresh((id) => findSale(db, id))));
  return read(eventId);
}

/** Whether an Event was cancelled: what is held of it cannot be bought any more. */
export async function isEventCancelled(db: DbOrTx, eventId: string): Promise<boolean> {
  const [event] = await named(db, 'booking.isEventCancelled')
    .select({ status: events.status })
    .from(events)
    .where(eq(events.id, eventId));
  return event?.status === 'CANCELLED';
}

/** Whether an Event is over by the database's clock. */
export async function isEventOver(db: DbOrTx, eventId: string): Promise<boolean> {
  const [event] = await named(db, 'booking.isEventOver')
    .select({ over: sql<boolean>`${isOver(events)}` })
    .from(events)
    .where(eq(events.id, eventId));
  return event?.over ?? true;
}
