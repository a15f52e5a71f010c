import { LRUCache } from 'lru-cache';

import { accessiblePlaces, isAnyAvailable } from '../../booking/index.ts';
import { findSeatingPlan, type EventRow } from '../../catalog/index.ts';
import type { Db } from '../../platform/db/pool.ts';

/** Of all SeatingPlans together: 4 MB. Plans are immutable, and their layouts of megabytes are cached for less long. */
const MAX_CACHED_PLACES = 500_000;

const placesByPlan = new LRUCache<string, readonly number[]>({
  maxSize: MAX_CACHED_PLACES,
  sizeCalculation: (places) => 1 + places.length,
});

/** Ids of the Events of which a wheelchair-accessible place is available. */
export async function findAccessible(
  db: Db,
  events: readonly Pick<EventRow, 'id' | 'seatingPlanId'>[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { id, seatingPlanId } of events) {
    if (seatingPlanId === null) continue;
    const places = await accessiblePlacesOf(db, seatingPlanId);
    if (places.length > 0 && (await isAnyAvailable(db, id, places))) found.add(id);
  }
  return found;
}

async function accessiblePlacesOf(db: Db, seatingPlanId: string): Promise<readonly number[]> {
  const cached = placesByPlan.get(seatingPlanId);
  if (cached !== undefined) return cached;
  const plan = await findSeatingPlan(db, seatingPlanId);
  const places = plan === null ? [] : accessiblePlaces(plan.layout);
  placesByPlan.set(seatingPlanId, places);
  return places;
}
