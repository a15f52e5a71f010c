import { and, sql } from 'drizzle-orm';

import { priceTiers } from '../catalog/index.ts';
import type { Tx } from '../platform/db/pool.ts';
import {
  areTickets,
  nextVersion,
  reservationColumns,
  secondsFromNow,
  ticketIsFree,
  type Buyer,
  type ReservationKey,
  type ReservationRow,
} from './store.ts';
import { reservations, tickets } from './tables.ts';

/** A hold that is to be. */
export interface Hold extends ReservationKey, Buyer {
  places: readonly number[];
  currency: string;
  holdSeconds: number;
  holdCapSeconds: number;
}

/**
 * Give free tickets to a fresh Reservation, in one statement; it costs what the prices of their tiers add up to. Returns
 * which places it got, too: whoever calls has to undo everything unless that is all of them.
 */
export async function insertHold(
  tx: Tx,
  { eventId, id, viewerId, places, currency, holdSeconds, holdCapSeconds }: Hold,
  { guardedUpdate }: { guardedUpdate: boolean },
): Promise<ReservationRow & { held: number[] }> {
  const held = tx.$with('held').as(
    tx
      .update(tickets)
      .set({
        status: 'RESERVED',
        reservationId: id,
        heldUntil: secondsFromNow(holdSeconds),
        version: nextVersion,
      })
      .where(and(areTickets(eventId, places), guardedUpdate ? ticketIsFree : undefined))
      .returning({ place: tickets.place, tier: tickets.tier }),
  );
  const amount = sql`(
    select coalesce(sum(${priceTiers.amount}), 0)
    from ${held} join ${priceTiers} on ${priceTiers.eventId} = ${eventId} and ${priceTiers.tier} = ${held.tier}
  )`;
  const [row] = await tx
    .with(held)
    .insert(reservations)
    .values({
      eventId,
      id,
      viewerId,
      places: [...places],
      amount,
      currency,
      heldUntil: secondsFromNow(holdSeconds),
      heldUntilCap: secondsFromNow(holdCapSeconds),
    })
    .returning({ ...reservationColumns, held: sql<number[]>`array(select ${held.place} from ${held})` });
  return row!;
}
