import type { EventRow, PricedTier, SeatingPlanRow } from '../catalog/index.ts';
import type { Money } from '../platform/money.ts';
import { writeCursor, type Position } from './cursors.ts';
import { STATUS_LETTERS } from './encoding.ts';
import { tiersByPlace } from './tiers-by-place.ts';

/** The shape of the schema's `SeatMap`. */
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

/** The shape of the schema's `SeatMapSection`. */
interface SectionSnapshot {
  key: string;
  name: string;
  level: string;
  firstPlace: number;
  statuses: string;
  available: number;
  lowestPrice: Money | null;
}

/** The slowly changing part of a seat map: Event, plan and prices. */
export interface EventSeating {
  event: EventRow;
  plan: SeatingPlanRow;
  tiers: readonly PricedTier[];
}

/** The fast changing part of a seat map: a status letter per place, at a position. */
export interface MapStatuses extends Position {
  statuses: string;
  asOf: Date;
  stale: boolean;
}

/** Tier numbers fit a byte, see `tiersByPlace`. */
const MAX_TIERS = 256;
const AVAILABLE = STATUS_LETTERS.AVAILABLE.charCodeAt(0);

/** Build a seat map: counts by tier and section, and the lowest price of each section. */
export function buildSnapshot(seating: EventSeating, current: MapStatuses): SeatMapSnapshot {
  const { event, plan, tiers } = seating;
  const { statuses, epoch, sequence } = current;
  const tierOf = tiersByPlace(plan);
  const cheapestFirst = tiers.toSorted((a, b) => a.amount - b.amount);
  const placesByTier = new Uint32Array(MAX_TIERS);
  for (const tier of tierOf) placesByTier[tier]!++;

  const availableByTier = new Uint32Array(MAX_TIERS);
  const sections = plan.layout.sections.map(({ key, name, level, firstPlace, places }): SectionSnapshot => {
    const availableHere = new Uint32Array(MAX_TIERS);
    let available = 0;
    for (let place = firstPlace; place < firstPlace + places; place++) {
      if (statuses.charCodeAt(place) !== AVAILABLE) continue;
      available++;
      availableHere[tierOf[place]!]!++;
    }
    for (const { tier } of tiers) availableByTier[tier]! += availableHere[tier]!;
    const cheapest = cheapestFirst.find(({ tier }) => availableHere[tier]! > 0);
    return {
      key,
      name,
      level,
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
    asOf: current.asOf,
    epoch,
    sequence,
    cursor: writeCursor({ epoch, sequence }),
    stale: current.stale,
  };
}

const priceOf = ({ amount, currency }: PricedTier): Money => ({ amount, currency });
