import { and, sql, type SQL } from 'drizzle-orm';

import { events, priceOfTier, priceTiers } from '../../catalog/index.ts';
import { MAX_INT4 } from '../../platform/db/amount-columns.ts';
import { named } from '../../platform/db/named.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { reservations, tickets } from '../tables.ts';
import {
  areTickets,
  nextVersion,
  reservationColumns,
  secondsFromNow,
  type ReservationRow,
} from './columns.ts';
import { ticketIsFree } from './hold-expiry.ts';
import { isOnSale } from './sale-window.ts';

export interface Hold {
  id: string;
  viewerId: string;
  places: readonly number[];
}

export interface HoldTerms {
  eventId: string;
  currency: string;
  holdSeconds: number;
  holdCapSeconds: number;
}

/**
 * Insert Reservations and assign free tickets to them, in one statement; the amount is the sum of the tiers' prices. `held` are the
 * places that each got, none if the Event is not on sale: unless that is all of them, the caller must roll back.
 */
export async function insertHolds(
  tx: Tx,
  { eventId, currency, holdSeconds, holdCapSeconds }: HoldTerms,
  holds: readonly Hold[],
  { guardedUpdate }: { guardedUpdate: boolean },
): Promise<(ReservationRow & { held: number[] })[]> {
  const places = holds.flatMap((hold) => hold.places);
  const holders = holds.flatMap(({ id, places: theirs }) => theirs.map(() => id));
  const ids = holds.map(({ id }) => id);
  const viewers = holds.map(({ viewerId }) => viewerId);
  const held = tx.$with('held').as(
    tx
      .update(tickets)
      .set({
        status: 'RESERVED',
        reservationId: sql`wanted.id`,
        heldUntil: secondsFromNow(holdSeconds),
        version: nextVersion,
      })
      .from(sql`${unnest(places, 'int', holders, 'uuid')} as wanted (place, id)`)
      .where(
        and(
          areTickets(eventId, places), // without it Postgres may scan all tickets of the Event
          sql`${tickets.place} = wanted.place`,
          guardedUpdate ? ticketIsFree(tickets) : undefined,
          // of this statement's snapshot, with the tickets locked: the sale may have been paused since it was read
          sql`exists (select 1 from ${events} where ${events.id} = ${eventId} and ${isOnSale(events)})`,
        ),
      )
      .returning({ place: tickets.place, tier: tickets.tier, reservationId: tickets.reservationId }),
  );
  return named(tx, 'booking.insertHolds')
    .with(held)
    .insert(reservations)
    .select(
      // columns in the order of the table
      sql`
        select ${eventId}::uuid, hold.id, hold.viewer_id, 'HELD'::reservation_status, hold.places,
          case when total.amount <= ${MAX_INT4} then total.amount::int end, ${currency},
          ${secondsFromNow(holdSeconds)}, ${secondsFromNow(holdCapSeconds)}, null::timestamptz, now(), total.amount
        from (
          select holder.id, holder.viewer_id, array_agg(wanted.place order by wanted.place) as places
          from ${unnest(ids, 'uuid', viewers, 'text')} as holder (id, viewer_id)
          join ${unnest(places, 'int', holders, 'uuid')} as wanted (place, id) on wanted.id = holder.id
          group by holder.id, holder.viewer_id
        ) as hold
        cross join lateral (
          select coalesce(sum(${priceOfTier}), 0)::bigint as amount
          from held join ${priceTiers} on price_tiers.event_id = ${eventId} and price_tiers.tier = held.tier
          where held.reservation_id = hold.id
        ) as total`,
    )
    .returning({
      ...reservationColumns,
      held: sql<number[]>`array(select held.place from held where held.reservation_id = reservations.id)`,
    });
}

/** A two-column table of array parameters. */
function unnest(
  left: readonly unknown[],
  leftType: string,
  right: readonly unknown[],
  rightType: string,
): SQL {
  const column = (values: readonly unknown[], type: string) => sql`${sql.param(values)}::${sql.raw(type)}[]`;
  return sql`unnest(${column(left, leftType)}, ${column(right, rightType)})`;
}
