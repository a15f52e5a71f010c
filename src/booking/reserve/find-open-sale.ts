import { eventNotFound, findSeatingPlan, maySee } from '../../catalog/index.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Db } from '../../platform/db/pool.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import { type SeatingPlanLayout } from '../../seating-plan/index.ts';
import { eventNotOnSale, ticketLimitExceeded } from '../outcomes.ts';
import { readLiveReservations } from '../store/reservations.ts';
import { findSaleShared, type Sale } from '../store/sale.ts';

/** An Event that is on sale now, and the plan its tickets are places of. */
export interface OpenSale {
  sale: Sale & { currency: string };
  layout: SeatingPlanLayout;
}

/** Why nothing of it can be had, whatever it is. */
export type SaleRefusal =
  | ReturnType<typeof eventNotFound>
  | ReturnType<typeof eventNotOnSale>
  | ReturnType<typeof ticketLimitExceeded>;

/** Read an Event that a viewer may buy tickets to at this moment, by its global id. */
export async function readOpenSale(
  db: Db,
  viewer: Viewer,
  event: string,
): Promise<OpenSale | { refusal: SaleRefusal }> {
  const eventId = decodeIdOf('Event', event)?.id;
  const sale = eventId === undefined ? null : await findSaleShared(db, eventId);
  if (sale === null || !maySee(viewer, sale)) return { refusal: eventNotFound() };

  const plan = sale.seatingPlanId === null ? null : await findSeatingPlan(db, sale.seatingPlanId);
  const { currency } = sale;
  if (!sale.open || plan === null || currency === null) return { refusal: eventNotOnSale(sale) };
  return { sale: { ...sale, currency }, layout: plan.layout };
}

/** Refuse to look for more tickets than anybody may have. `null`: it is worth looking. */
export async function refuseTooMany(
  db: Db,
  viewer: Viewer,
  { eventId, ticketLimit }: Sale,
  quantity: number,
): Promise<ReturnType<typeof ticketLimitExceeded> | null> {
  if (quantity <= ticketLimit) return null;
  const live = await readLiveReservations(db, [{ eventId, viewerId: viewer.id }]);
  return ticketLimitExceeded(
    ticketLimit,
    live.reduce((has, { places }) => has + places.length, 0),
  );
}
