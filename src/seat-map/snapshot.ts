import type { EventRow, PricedTier, SeatingPlanRow } from '../catalog/index.ts';
import type { Money } from '../platform/money.ts';
import { writeCursor, type Position } from './cursors.ts';
import { STATUS_LETTERS } from './encoding.ts';
import { tiersByPlace } from './tiers-by-place.ts';

/** A seat map at one moment; the shape of the schema's `SeatMap`. */
export interface SeatMapSnapshot {
  event: EventRow;
  plan: SeatingPlanRow;
  sections: SectionSnapshot[];
  tiers: { tier: number; name: string; price: Money; available: number; places: number }[];
  available: number;
  asOf: Date;
  epoch: string;
  sequence: number;
  cursor: string;
  stale: boolean;
}

/** One section of it; the shape of the schema's `SeatMapSection`. */
interface SectionSnapshot {
  key: string;
  firstPlace: number;
  statuses: string;
  available: number;
  lowestPrice: Money | null;
}

/** What of a seat map does not change from one second to the next. */
export interface EventSeating {
  event: EventRow;
  plan: SeatingPlanRow;
  tiers: readonly PricedTier[];
}

/** What does: a letter for each place, and where in which run of numbers that is. */
export interface Standing extends Position {
  statuses: string;
  asOf: Date;
  stale: boolean;
}

/** More tiers than this no plan has: their numbers are kept in a byte. */
const MOST_TIERS = 256;
const AVAILABLE = STATUS_LETTERS.AVAILABLE.charCodeAt(0);

/** Draw up a seat map: counts by tier and section, and the lowest price of each section. */
export function buildSnapshot(house: EventSeating, standing: Standing): SeatMapSnapshot {
  const { event, plan, tiers } = house;
  const { statuses, epoch, sequence } = standing;
  const tierOf = tiersByPlace(plan);
  const cheapestFirst = tiers.toSorted((a, b) => a.amount - b.amount);
  const placesByTier = new Uint32Array(MOST_TIERS);
  for (const tier of tierOf) placesByTier[tier]!++;

  const availableByTier = new Uint32Array(MOST_TIERS);
  const sections = plan.layout.sections.map(({ key, firstPlace, places }): SectionSnapshot => {
    const here = new Uint32Array(MOST_TIERS);
    let available = 0;
    for (let place = firstPlace; place < firstPlace + places; place++) {
      if (statuses.charCodeAt(place) !== AVAILABLE) continue;
      available++;
      here[tierOf[place]!]!++;
    }
    for (const { tier } of tiers) availableByTier[tier]! += here[tier]!;
    const cheapest = cheapestFirst.find(({ tier }) => here[tier]! > 0);
    return {
      key,
      firstPlace,
      statuses: statuses.slice(firstPlace, firstPlace + places),
      available,
      lowestPrice: cheapest ? priceOf(cheapest) : null,
    };
  });

  return {
    event,
    plan,
    sections,
    tiers: tiers.map((tier) => ({
      tier: tier.tier,
      name: tier.name,
      price: priceOf(tier),
      available: availableByTier[tier.tier]!,
      places: placesByTier[tier.tier]!,
    })),
    available: sections.reduce((sum, { available }) => sum + available, 0),
    asOf: standing.asOf,
    epoch,
    sequence,
    cursor: writeCursor({ epoch, sequence }),
    stale: standing.stale,
  };
}

const priceOf = ({ amount, currency }: PricedTier): Money => ({ amount, currency });
