import { sql } from 'drizzle-orm';

import type { DbOrTx } from '../../platform/db/pool.ts';
import { isDisputeRow, isRefundRow } from '../ledger/sums.ts';
import { ledgerEntries } from '../ledger/tables.ts';
import { bookings, bookingTickets } from '../tables.ts';

/** Movements that are revenue, if one belongs to a Booking; Stripe's fees are in the currency of the balance. */
const isRevenue = (eventId: string, currency: string) => sql`
  event_id = ${eventId} and currency = ${currency} and booking_id is not null and kind <> 'fee'`;

/**
 * Sum up what is left of the payments for the sold tickets of an Event, by ranges of places: what the ledger keeps of a Booking
 * goes to its tickets by their prices, to the last cent. `firstPlaces` begins with 0 and ascends.
 */
export async function sumRevenueByRange(
  db: DbOrTx,
  { eventId, currency }: { eventId: string; currency: string },
  firstPlaces: readonly number[],
): Promise<{ range: number; net: number }[]> {
  // a window over a union, and no join: with statistics that do not know the Event, a join would be nested loops
  const { rows } = await db.execute<{ range: number; net: string }>(sql`
    /* payments.sumRevenueByRange */
    with of_event as (
      select booking_id, place, coalesce(amount_minor, amount) as paid, 0::bigint as moved
      from ${bookingTickets} where event_id = ${eventId} and cancelled_at is null
      union all
      select booking_id, null, 0::bigint, amount from ${ledgerEntries} where ${isRevenue(eventId, currency)}
    ), shares as (
      select place, paid, sum(paid) over whole as total, sum(moved) over whole as net,
        sum(paid) over (partition by booking_id order by place rows unbounded preceding) as running
      from of_event
      window whole as (partition by booking_id)
    )
    select width_bucket(place, ${sql.param(firstPlaces)}::int[]) - 1 as range,
      sum(floor(net * running / total) - floor(net * (running - paid) / total))::text as net
    from shares
    where place is not null and total > 0
    group by 1`);
  return rows.map(({ range, net }) => ({ range, net: Number(net) }));
}

/** What happened on a day, or in all. Amounts are in minor units. */
export interface SalesOfDay {
  /** As `2026-12-31`; null: in all. */
  date: string | null;
  bookings: number;
  sold: number;
  returned: number;
  charged: number;
  refunded: number;
  disputed: number;
  net: number;
}

/** Days of a sale that are shown: it rarely lasts longer. */
const MAX_DAYS = 400;

/** Sum up Bookings and money of an Event by days of a time zone, newest first, behind the sum of all days. */
export async function sumSalesByDay(
  db: DbOrTx,
  { eventId, currency, timezone }: { eventId: string; currency: string; timezone: string },
): Promise<SalesOfDay[]> {
  const day = (instant: string) => sql`(${sql.raw(instant)} at time zone ${timezone}::text)::date`;
  const { rows } = await db.execute<{ [Field in keyof SalesOfDay]: string | null }>(sql`
    /* payments.sumSalesByDay */
    with of_event as (
      select booking_id, 1 as tickets, ${day('cancelled_at')} as returned_on, null::date as confirmed_on
      from ${bookingTickets} where event_id = ${eventId}
      union all
      select id, 0, null, ${day('confirmed_at')}
      from ${bookings} where event_id = ${eventId} and confirmed_at is not null
    ), dated as (
      select tickets, returned_on, max(confirmed_on) over (partition by booking_id) as confirmed_on from of_event
    ), happened as (
      select confirmed_on as day, 1 - tickets as bookings, tickets as sold, 0 as returned,
        0::bigint as charged, 0::bigint as refunded, 0::bigint as disputed, 0::bigint as net
      from dated where confirmed_on is not null
      union all
      select returned_on, 0, 0, tickets, 0, 0, 0, 0 from dated where returned_on is not null
      union all
      select ${day('recorded_at')}, 0, 0, 0,
        case when kind = 'charge' then amount else 0 end,
        case when ${isRefundRow} then -amount else 0 end,
        case when ${isDisputeRow} then -amount else 0 end, amount
      from ${ledgerEntries} where ${isRevenue(eventId, currency)}
    )
    select day::text as date, sum(bookings) as bookings, sum(sold) as sold, sum(returned) as returned,
      sum(charged) as charged, sum(refunded) as refunded, sum(disputed) as disputed, sum(net) as net
    from happened
    group by grouping sets ((day), ())
    order by day desc nulls first
    limit ${MAX_DAYS + 1}`);
  return rows.map(({ date, ...sums }) => ({
    ...(Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, Number(sum)])) as Omit<
      SalesOfDay,
      'date'
    >),
    date,
  }));
}
