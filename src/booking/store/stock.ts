import { eq, sql } from 'drizzle-orm';

import { events } from '../../catalog/index.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { reservations, tickets } from '../tables.ts';
import { reservationIsActive, ticketIsFree } from './hold-expiry.ts';
import { isOnSale } from './sale-window.ts';

/** Tickets of an Event, and who holds some of them. */
export interface StockRow {
  /** Tickets that can be had, and tickets that are held. */
  available: number;
  held: number;
  /** Tickets that one viewer may hold and own at the Event. */
  ticketLimit: number;
  /** Viewers that hold tickets; null: at least `demand` tickets can be had. */
  holders: string[] | null;
}

/**
 * Read the stock of an Event, with the holders if fewer than `demand` tickets can be had. One statement, so one snapshot: a hold
 * that is made or ends beside it shows in both or in neither. Null: the Event has no tickets.
 */
export async function readStock(
  db: DbOrTx,
  eventId: string,
  { demand, maxHolders }: { demand: number; maxHolders: number },
): Promise<StockRow | null> {
  const { rows } = await db.execute<StockRow & { total: number } & Record<string, unknown>>(sql`
    /* booking.readStock */
    select stock.total, stock.available, stock.held,
      (select ${events.ticketLimit} from ${events} where ${events.id} = ${eventId}) as "ticketLimit",
      case when stock.available < ${demand}::int then array(
        select distinct ${reservations.viewerId} from ${reservations}
        where ${reservations.eventId} = ${eventId} and ${reservationIsActive(reservations)}
        limit ${maxHolders}
      ) end as holders
    from (
      select count(*)::int as total, (count(*) filter (where ${ticketIsFree(tickets)}))::int as available,
        (count(*) filter (where ${tickets.status} = 'RESERVED' and not ${ticketIsFree(tickets)}))::int as held
      from ${tickets}
      where ${tickets.eventId} = ${eventId}
    ) as stock`);
  const { total, ...stock } = rows[0]!;
  return total === 0 ? null : stock;
}

/** Whether tickets of an Event are on sale now. */
export async function readIsOnSale(db: DbOrTx, eventId: string): Promise<boolean> {
  const [event] = await named(db, 'booking.readIsOnSale')
    .select({ isOnSale: sql<boolean>`${isOnSale(events)}` })
    .from(events)
    .where(eq(events.id, eventId));
  return event?.isOnSale ?? false;
}
