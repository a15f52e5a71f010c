import { sql, type SQL } from 'drizzle-orm';

import type { Tx } from '../../platform/db/pool.ts';
import { secondsFromNow, type ReservationKey, type ReservationRow } from '../store/columns.ts';
import { clearPayment, extendReservationHold } from '../store/reservations.ts';
import { extendTicketHolds } from '../store/ticket-moves.ts';
import { lockHold } from './lock-hold.ts';

/**
 * Limit by which all attempts to pay together extend a hold beyond its cap: enough for a payment that starts in the last second, too
 * little to keep tickets from other buyers with declined cards. The schema names it.
 */
export const MAX_PAYMENT_EXTENSION_SECONDS = 900;

/**
 * Start a payment attempt: the Reservation cannot be released during it, and holds for at least `seconds` from now, beyond
 * its cap if need be. `null`: it is not the viewer's, or no longer holds.
 */
export async function holdForPayment(
  tx: Tx,
  { viewerId, seconds, ...key }: ReservationKey & { viewerId: string; seconds: number },
): Promise<ReservationRow | null> {
  const hold = await lockHold(tx, key);
  if (hold?.reservation.viewerId !== viewerId || hold.reservation.status !== 'HELD') return null;
  const reservation = await extendReservationHold(tx, key, paymentHold(hold.reservation, seconds), 'begins');
  await extendTicketHolds(tx, key, reservation.places);
  return reservation;
}

/**
 * End a failed payment attempt: the Reservation can be released again. If it still holds, it does so for at least
 * `atLeastSeconds` more, so that the buyer can try another card.
 */
export async function endPaymentAttempt(
  tx: Tx,
  { atLeastSeconds, ...key }: ReservationKey & { atLeastSeconds: number },
): Promise<ReservationRow> {
  const hold = await lockHold(tx, key);
  if (hold?.reservation.status !== 'HELD') return clearPayment(tx, key);
  const reservation = await extendReservationHold(
    tx,
    key,
    paymentHold(hold.reservation, atLeastSeconds),
    'ends',
  );
  await extendTicketHolds(tx, key, reservation.places);
  return reservation;
}

/** Not a second beyond the limit: callers count in whole ones. */
function paymentHold({ heldUntilCap }: ReservationRow, seconds: number): SQL {
  const limit = new Date(heldUntilCap.getTime() + MAX_PAYMENT_EXTENSION_SECONDS * 1_000);
  return sql`least(${secondsFromNow(seconds)}, ${limit.toISOString()}::timestamptz)`;
}
