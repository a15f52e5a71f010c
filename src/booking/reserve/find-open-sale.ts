import { eventNotFound, findSeatingPlan, maySee } from '../../catalog/index.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Db } from '../../platform/db/pool.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import { type SeatingPlanLayout } from '../../seating-plan/index.ts';
import { eventNotOnSale, saleIsPaused, ticketLimitExceeded } from '../outcomes.ts';
import { readLiveReservationsOf } from '../store/reservations.ts';
import { findSaleShared, type Sale } from '../store/sale.ts';

/** An Event that is on sale now, with the plan of its places. */
export interface OpenSale {
  sale: Sale & { currency: string };
  layout: SeatingPlanLayout;
}

export type SaleRefusal =
  | ReturnType<typeof eventNotFound>
  | ReturnType<typeof eventNotOnSale>
  | ReturnType<typeof saleIsPaused>
  | ReturnType<typeof ticketLimitExceeded>;

/** Find an Event by its global id, whose tickets the viewer can buy now. */
export async function findOpenSale(
  db: Db,
  viewer: Viewer,
  event: string,
): Promise<OpenSale | { refusal: SaleRefusal }> {
  const eventId = decodeIdOf('Event', event)?.id;
  const sale = eventId === undefined ? null : await findSaleShared(db, eventId);
  if (sale === null || !maySee(viewer, sale)) return { refusal: eventNotFound() };

  const plan = sale.seatingPlanId === null ? null : await findSeatingPlan(db, sale.seatingPlanId);
  const { currency } = sale;
  if (!sale.open || plan === null || currency === null) return { refusal: refusalOf(sale) };
  return { sale: { ...sale, currency }, layout: plan.layout };
}

const refusalOf = (sale: Sale): ReturnType<typeof saleIsPaused> | ReturnType<typeof eventNotOnSale> =>
  sale.pausedAt === null ? eventNotOnSale(sale) : saleIsPaused(sale.pausedAt);

/** Refuse a quantity above the Event's ticket limit before any ticket is read. `null`: within the limit. */
export async function checkQuantity(
  db: Db,
  viewer: Viewer,
  { eventId, ticketLimit }: Sale,
  quantity: number,
): Promise<ReturnType<typeof ticketLimitExceeded> | null> {
  if (quantity <= ticketLimit) return null;
  const live = await readLiveReservationsOf(db, { eventId, viewerId: viewer.id });
  return ticketLimitExceeded(
    ticketLimit,
    live.reduce((owned, { places }) => owned + places.length, 0),
  );
}
