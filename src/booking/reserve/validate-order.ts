import type { ReserveTicketsInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Db } from '../../platform/db/pool.ts';
import { invalidInput } from '../../platform/outcomes.ts';
import { readOpenSale, refuseTooMany, type OpenSale, type SaleRefusal } from './find-open-sale.ts';
import { quantityOf, selectTickets, type TicketSelection } from './parse-selection.ts';

/** What a buyer wants, once it makes sense. */
export interface Order extends OpenSale {
  selection: Exclude<TicketSelection, { kind: 'MISTAKEN' }>;
  /** Whether it has to be these very places, so that it is worth waiting for whoever is in the way. */
  exactPlaces: boolean;
  /** Whether the Event's no-orphan rule applies to it. */
  enforceOrphanRule: boolean;
}

/** Why it does not. */
export type OrderRefusal = SaleRefusal | ReturnType<typeof invalidInput>;

/** Check everything about an order that can be checked without asking who has which ticket. */
export async function readOrder(
  db: Db,
  viewer: Viewer,
  input: ReserveTicketsInput,
): Promise<Order | { refusal: OrderRefusal }> {
  const open = await readOpenSale(db, viewer, input.event);
  if ('refusal' in open) return open;
  const { sale, layout } = open;

  const selection = selectTickets(input.selection, sale.eventId, layout);
  if (selection.kind === 'MISTAKEN') return { refusal: invalidInput(selection.problems) };
  const refusal = await refuseTooMany(db, viewer, sale, quantityOf(selection));
  if (refusal !== null) return { refusal };
  return { sale, layout, selection, exactPlaces: true, enforceOrphanRule: sale.orphanRule };
}
