import type { ReserveTicketsInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Db } from '../../platform/db/pool.ts';
import { invalidInput } from '../../platform/outcomes.ts';
import { checkQuantity, findOpenSale, type OpenSale, type SaleRefusal } from './find-open-sale.ts';
import { parseSelection, quantityOf, type TicketSelection } from './parse-selection.ts';

/** A validated order. */
export interface Order extends OpenSale {
  selection: Exclude<TicketSelection, { kind: 'INVALID' }>;
  /** The buyer wants these very places, so it waits for locked tickets instead of choosing others. */
  exactPlaces: boolean;
  /** Whether the order is refused if it leaves a single seat. */
  enforceOrphanRule: boolean;
}

export type OrderRefusal = SaleRefusal | ReturnType<typeof invalidInput>;

/** Validate an order in all that does not depend on which tickets are free. */
export async function validateOrder(
  db: Db,
  viewer: Viewer,
  input: ReserveTicketsInput,
): Promise<Order | { refusal: OrderRefusal }> {
  const open = await findOpenSale(db, viewer, input.event);
  if ('refusal' in open) return open;
  const { sale, layout } = open;

  const selection = parseSelection(input.selection, sale.eventId, layout);
  if (selection.kind === 'INVALID') return { refusal: invalidInput(selection.problems) };
  const refusal = await checkQuantity(db, viewer, sale, quantityOf(selection));
  if (refusal !== null) return { refusal };
  return { sale, layout, selection, exactPlaces: true, enforceOrphanRule: sale.orphanRule };
}
