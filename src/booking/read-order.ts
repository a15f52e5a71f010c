import { findSeatingPlan, maySee } from '../catalog/index.ts';
import type { ReserveTicketsInput } from '../generated/graphql.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import type { Db } from '../platform/db/pool.ts';
import { decodeIdOf } from '../platform/ids.ts';
import { eventNotFound, eventNotOnSale, invalidInput, ticketLimitExceeded } from './outcomes.ts';
import { quantityOf, selectTickets, type TicketSelection } from './select-tickets.ts';
import { readLiveReservations } from './store-reservations.ts';
import { findSale, type Sale } from './store-sale.ts';

/** What a buyer wants, once it makes sense. */
export interface Order {
  sale: Sale & { currency: string };
  selection: Exclude<TicketSelection, { kind: 'MISTAKEN' }>;
}

/** Why it does not. */
export type OrderRefusal =
  | ReturnType<typeof eventNotFound>
  | ReturnType<typeof eventNotOnSale>
  | ReturnType<typeof invalidInput>
  | ReturnType<typeof ticketLimitExceeded>;

/** Check everything about an order that can be checked without asking who has which ticket. */
export async function readOrder(
  db: Db,
  viewer: Viewer,
  input: ReserveTicketsInput,
): Promise<Order | { refusal: OrderRefusal }> {
  const eventId = decodeIdOf('Event', input.event)?.id;
  const sale = eventId === undefined ? null : await findSale(db, eventId);
  if (sale === null || !maySee(viewer, sale)) return { refusal: eventNotFound() };

  const plan = sale.seatingPlanId === null ? null : await findSeatingPlan(db, sale.seatingPlanId);
  const { currency } = sale;
  if (!sale.open || plan === null || currency === null) return { refusal: eventNotOnSale(sale) };

  const selection = selectTickets(input.selection, sale.eventId, plan.layout);
  if (selection.kind === 'MISTAKEN') return { refusal: invalidInput(selection.problems) };
  if (quantityOf(selection) > sale.ticketLimit) {
    const has = await countTicketsOf(db, sale.eventId, viewer.id);
    return { refusal: ticketLimitExceeded(sale.ticketLimit, has) };
  }
  return { sale: { ...sale, currency }, selection };
}

/** Count the tickets a buyer holds or owns at an Event. */
async function countTicketsOf(db: Db, eventId: string, viewerId: string): Promise<number> {
  const live = await readLiveReservations(db, [{ eventId, viewerId }]);
  return live.reduce((sum, { places }) => sum + places.length, 0);
}
