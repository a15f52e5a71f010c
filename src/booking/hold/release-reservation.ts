import type { Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome } from '../../platform/outcomes.ts';
import { paymentUnderWay, reservationNotFound, reservationOver, reservationReleased } from '../outcomes.ts';
import { findArchivedReservation } from '../store/archive.ts';
import type { ReservationKey } from '../store/columns.ts';
import { transitionReservation } from '../store/reservations.ts';
import { freeTickets } from '../store/ticket-moves.ts';
import { lockHold } from './lock-hold.ts';

type ReleaseReservationOutcome =
  | ReturnType<typeof reservationReleased>
  | ReturnType<typeof paymentUnderWay>
  | ReturnType<typeof reservationOver>
  | ReturnType<typeof reservationNotFound>;

/** Release a hold: its tickets are free at once. Idempotent. Refused during a payment attempt. */
export async function releaseReservation(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  key: ReservationKey | null,
): Promise<ReleaseReservationOutcome> {
  const outcome = key === null ? reservationNotFound() : await release(platform, viewer, key);
  return countOutcome(platform, 'releaseReservation', outcome);
}

function release(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  key: ReservationKey,
): Promise<ReleaseReservationOutcome> {
  return inTransaction(platform, 'booking.releaseReservation', async (tx) => {
    const reservation = (await lockHold(tx, key))?.reservation ?? (await findArchivedReservation(tx, key));
    if (reservation?.viewerId !== viewer.id) return reservationNotFound();
    if (reservation.status === 'RELEASED') return reservationReleased(reservation);
    if (reservation.status !== 'HELD') return reservationOver(reservation);
    if (reservation.payingSince !== null) return paymentUnderWay();
    await freeTickets(tx, key, reservation.places, 'RESERVED');
    return reservationReleased(await transitionReservation(tx, key, 'RELEASED'));
  });
}
