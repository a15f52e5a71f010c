import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';

import { events, eventsOfDays, startsLateEnough } from '../../catalog/index.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { eventStock, tickets } from '../tables.ts';
import { ticketIsFree } from './hold-expiry.ts';
import { isOnSale } from './sale-window.ts';
import type { Columns } from './sql-columns.ts';

/** Tickets of an Event that can be had. */
export interface Stock {
  available: number;
  /** Of these, wheelchair-accessible ones. */
  accessible: number;
}

/** Count the tickets of an Event that can be had, and those at some of its places. */
export async function countStock(
  tx: Tx,
  eventId: string,
  accessiblePlaces: readonly number[],
): Promise<Stock> {
  const isFree = ticketIsFree(tickets);
  const {
    rows: [stock],
  } = await tx.execute<Stock & Record<string, unknown>>(sql`
    /* booking.countStock */
    select (count(*) filter (where ${isFree}))::int as available,
      (count(*) filter (where ${isFree} and ${tickets.place} = any(${sql.param(accessiblePlaces)}::int[])))::int as accessible
    from ${tickets} where ${tickets.eventId} = ${eventId}`);
  return stock!;
}

/** Write the stock of an Event as of the start of the transaction, unless a later count was written. */
export async function writeStock(tx: Tx, eventId: string, { available, accessible }: Stock): Promise<void> {
  await tx.execute(sql`
    /* booking.writeStock */
    insert into event_stock as stock (event_id, available, accessible, counted_at)
    values (${eventId}, ${available}, ${accessible}, now())
    on conflict (event_id) do update
    set available = excluded.available, accessible = excluded.accessible, counted_at = excluded.counted_at
    where stock.counted_at <= excluded.counted_at`);
}

/** A count that no change of a ticket has renewed is checked again after that. */
const MAX_AGE_MINUTES = 5;

/** Find Events on sale whose stock was never counted, or not for `MAX_AGE_MINUTES`. */
export async function findUncountedEvents(db: DbOrTx, limit: number): Promise<string[]> {
  const isUncounted = sql`${isOnSale(events)} and coalesce(
    (select stock.counted_at from event_stock stock where stock.event_id = ${events.id}), '-infinity')
    < now() - interval '${sql.raw(String(MAX_AGE_MINUTES))} minutes'`;
  const { rows } = await db.execute<{ id: string }>(sql`
    /* booking.findUncountedEvents */
    (select ${events.id} from ${events} where ${events.status} = 'ON_SALE' and ${startsLateEnough(events, sql`now()`)}
      and ${isUncounted} limit ${limit})
    union all
    (select ${events.id} from ${eventsOfDays(sql`now()`)} ${events} where ${isUncounted} limit ${limit})
    limit ${limit}`);
  return rows.map(({ id }) => id);
}

type SaleColumns = Columns<
  'id' | 'status' | 'salePausedAt' | 'saleStartsAt' | 'saleEndsAt' | 'startsAt' | 'endsAt'
>;

/** SQL condition: this Event is on sale, and a ticket of it can be had; one whose stock was never counted is taken to have some. */
export const hasTickets = (event: SaleColumns): SQL => hasStock(event, eventStock.available, true);

/** SQL condition: this Event is on sale, and a wheelchair-accessible place of it can be had. */
export const hasAccessibleTickets = (event: SaleColumns): SQL =>
  hasStock(event, eventStock.accessible, false);

const hasStock = (event: SaleColumns, stock: SQLWrapper, ifUncounted: boolean): SQL => sql`(case
  when ${isOnSale(event)} then coalesce(
    (select ${stock} > 0 from ${eventStock} where ${eventStock.eventId} = ${event.id}), ${ifUncounted}::boolean)
  else false end)`;
