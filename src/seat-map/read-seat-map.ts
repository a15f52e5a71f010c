import {
  findEvent,
  findSeatingPlan,
  maySee,
  readPriceTiers,
  type EventRow,
  type PricedTier,
  type SeatingPlanRow,
} from '../catalog/index.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import type { Platform } from '../platform/index.ts';
import type { Money } from '../platform/money.ts';
import { readStatuses, STATUS_LETTERS } from './store.ts';
import { tiersByPlace } from './tiers-by-place.ts';

/** A seat map at one moment; the shape of the schema's `SeatMap`. */
export interface SeatMapSnapshot {
  event: EventRow;
  plan: SeatingPlanRow;
  sections: SectionSnapshot[];
  tiers: { tier: number; name: string; price: Money; available: number; places: number }[];
  available: number;
  asOf: Date;
}

/** One section of it; the shape of the schema's `SeatMapSection`. */
export interface SectionSnapshot {
  key: string;
  firstPlace: number;
  statuses: string;
  available: number;
  lowestPrice: Money | null;
}

/**
 * Read who has which place at an Event, from Postgres.
 *
 * `null`: there is no such Event, the viewer may not see it, or its tickets have not been made.
 */
export async function readSeatMap(
  { db }: Pick<Platform, 'db'>,
  viewer: Viewer | null,
  eventId: string,
): Promise<SeatMapSnapshot | null> {
  const event = await findEvent(db, eventId);
  if (event === null || event.seatingPlanId === null || !maySee(viewer, event)) return null;
  const [plan, tiers, { statuses, asOf }] = await Promise.all([
    findSeatingPlan(db, event.seatingPlanId),
    readPriceTiers(db, [eventId]),
    readStatuses(db, eventId),
  ]);
  if (plan === null || statuses === '') return null;

  const counts = countByTier(statuses, tiersByPlace(plan));
  const tierPrice = (tier: PricedTier): Money => ({ amount: tier.amount, currency: tier.currency });
  return {
    event,
    plan,
    asOf,
    available: counts.values().reduce((sum, { available }) => sum + available, 0),
    sections: plan.layout.sections.map((section) =>
      snapshotSection(section, statuses, tiersByPlace(plan), tiers),
    ),
    tiers: tiers.map((tier) => ({
      tier: tier.tier,
      name: tier.name,
      price: tierPrice(tier),
      ...(counts.get(tier.tier) ?? { available: 0, places: 0 }),
    })),
  };
}

function countByTier(
  statuses: string,
  tierOf: Uint8Array,
): Map<number, { available: number; places: number }> {
  const counts = new Map<number, { available: number; places: number }>();
  for (let place = 0; place < statuses.length; place++) {
    const tier = tierOf[place]!;
    let count = counts.get(tier);
    if (count === undefined) counts.set(tier, (count = { available: 0, places: 0 }));
    count.places++;
    if (statuses[place] === STATUS_LETTERS.AVAILABLE) count.available++;
  }
  return counts;
}

function snapshotSection(
  { key, firstPlace, places }: { key: string; firstPlace: number; places: number },
  allStatuses: string,
  tierOf: Uint8Array,
  tiers: readonly PricedTier[],
): SectionSnapshot {
  const statuses = allStatuses.slice(firstPlace, firstPlace + places);
  const cheapestFirst = tiers.toSorted((a, b) => a.amount - b.amount);
  const tiersLeft = new Set<number>();
  let available = 0;
  for (let index = 0; index < statuses.length; index++) {
    if (statuses[index] !== STATUS_LETTERS.AVAILABLE) continue;
    available++;
    tiersLeft.add(tierOf[firstPlace + index]!);
  }
  const cheapest = cheapestFirst.find(({ tier }) => tiersLeft.has(tier));
  return {
    key,
    firstPlace,
    statuses,
    available,
    lowestPrice: cheapest ? { amount: cheapest.amount, currency: cheapest.currency } : null,
  };
}
