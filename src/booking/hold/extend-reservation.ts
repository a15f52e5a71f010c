import { sql } from 'drizzle-orm';

import { events } from '../../catalog/index.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome } from '../../platform/outcomes.ts';
import { reservationAtCap, reservationExtended, reservationNotFound, reservationOver } from '../outcomes.ts';
import { findArchivedReservation } from '../store/archive.ts';
import type { ReservationKey } from '../store/columns.ts';
import { extendReservationHold } from '../store/reservations.ts';
import { isEventOver } from '../store/sale.ts';
import { extendTicketHolds } from '../store/ticket-moves.ts';
import { reservations } from '../tables.ts';
import { lockHold } from './lock-hold.ts';

/** Nearer to the cap than this, an extension is refused. */
const MIN_EXTENSION_MS = 1_000;

type ExtendReservationOutcome =
  | ReturnType<typeof reservationExtended>
  | ReturnType<typeof reservationAtCap>
  | ReturnType<typeof reservationOver>
  | ReturnType<typeof reservationNotFound>;

/**
 * Extend a hold to the Event's `holdSeconds` from now, or to its cap if that is sooner. It never gets shorter. Not
 * once the Event is over: what was held before then can still be paid, until it runs out.
 */
export async function extendReservation(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  key: ReservationKey | null,
): Promise<ExtendReservationOutcome> {
  const outcome = key === null ? reservationNotFound() : await extend(platform, viewer, key);
  return countOutcome(platform, 'extendReservation', outcome);
}

function extend(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  key: ReservationKey,
): Promise<ExtendReservationOutcome> {
  return inTransaction(platform, 'booking.extendReservation', async (tx) => {
    const reservation = (await lockHold(tx, key))?.reservation ?? (await findArchivedReservation(tx, key));
    if (reservation?.viewerId !== viewer.id) return reservationNotFound();
    if (reservation.status !== 'HELD') return reservationOver(reservation);
    if (await isEventOver(tx, key.eventId)) return reservationAtCap(reservation);
    if (reservation.heldUntilCap.getTime() - reservation.heldUntil.getTime() < MIN_EXTENSION_MS) {
      return reservationAtCap(reservation);
    }
    const extended = await extendReservationHold(tx, key, holdSecondsFromNow(key.eventId));
    await extendTicketHolds(tx, key, reservation.places);
    return reservationExtended(extended);
  });
}

const holdSecondsFromNow = (eventId: string) => sql`least(
  ${reservations.heldUntilCap},
  now() + make_interval(secs => (select ${events.holdSeconds} from ${events} where ${events.id} = ${eventId}))
)`;
