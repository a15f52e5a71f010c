import { readPriceTiers } from '../../catalog/index.ts';
import type { FieldProblem, ReserveBestAvailableInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Db } from '../../platform/db/pool.ts';
import { invalidInput } from '../../platform/outcomes.ts';
import { checkQuantity, findOpenSale, type OpenSale } from '../reserve/find-open-sale.ts';
import type { OrderRefusal } from '../reserve/validate-order.ts';
import type { SeatCriteria } from './seat-search.ts';

/** Validated input of `reserveBestAvailable`. */
export interface BestAvailableRequest extends OpenSale {
  criteria: SeatCriteria;
}

/** Validate criteria in all that does not depend on which tickets are free. */
export async function validateCriteria(
  db: Db,
  viewer: Viewer,
  input: ReserveBestAvailableInput,
): Promise<BestAvailableRequest | { refusal: OrderRefusal }> {
  const open = await findOpenSale(db, viewer, input.event);
  if ('refusal' in open) return open;
  const { sale } = open;
  const problems = checkCriteria(input, open);
  if (problems.length > 0) return { refusal: invalidInput(problems) };
  const refusal = await checkQuantity(db, viewer, sale, input.quantity);
  if (refusal !== null) return { refusal };

  const { quantity, sections, accessible } = input;
  const criteria = {
    quantity,
    tiers: await matchingTiers(db, sale.eventId, input),
    sections: sections == null ? null : new Set(sections),
    accessible: accessible ?? 0,
  };
  return { ...open, criteria };
}

function checkCriteria(
  { quantity, tiers, sections, price, accessible }: ReserveBestAvailableInput,
  { sale, layout }: OpenSale,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const report = (message: string, ...path: string[]) => problems.push({ path, message });
  if (quantity < 1) report('must be at least 1', 'quantity');
  if (accessible != null && (accessible < 0 || accessible > Math.max(quantity, 0))) {
    report('must be 0 to `quantity`', 'accessible');
  }
  if (tiers?.length === 0) report('is empty', 'tiers');
  tiers?.forEach((tier, index) => {
    if (layout.categories[tier] === undefined) report('is not a tier of this Event', 'tiers', String(index));
  });
  if (sections?.length === 0) report('is empty', 'sections');
  const keys = new Set(layout.sections.map(({ key }) => key));
  sections?.forEach((key, index) => {
    if (!keys.has(key)) report('is not a section of this Event', 'sections', String(index));
  });
  if (price != null) {
    const { currency, min, max } = price;
    if (currency !== sale.currency) report(`must be ${sale.currency}`, 'price', 'currency');
    if (min != null && max != null && max < min) report('must not be less than `min`', 'price', 'max');
  }
  return problems;
}

/** The tiers selected by number and price range. `null`: any. */
async function matchingTiers(
  db: Db,
  eventId: string,
  { tiers, price }: ReserveBestAvailableInput,
): Promise<ReadonlySet<number> | null> {
  const named = tiers == null ? null : new Set(tiers);
  if (price == null) return named;
  const { min, max } = price;
  const affordable = (await readPriceTiers(db, [eventId])).filter(
    ({ amount }) => amount >= (min ?? 0) && amount <= (max ?? Number.POSITIVE_INFINITY),
  );
  return new Set(affordable.map(({ tier }) => tier).filter((tier) => named?.has(tier) ?? true));
}
