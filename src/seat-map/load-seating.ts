import { findEvent, findSeatingPlan, readPriceTiers } from '../catalog/index.ts';
import type { Db } from '../platform/db/pool.ts';
import type { EventSeating } from './snapshot.ts';

/** Load the Event, plan and prices of a seat map. Null: there is no such Event, or it has no tickets yet, or is archived. */
export async function loadEventSeating(db: Db, eventId: string): Promise<EventSeating | null> {
  const [event, tiers] = await Promise.all([findEvent(db, eventId), readPriceTiers(db, [eventId])]);
  if (event === null || event.seatingPlanId === null || event.archivingSince !== null || tiers.length === 0)
    return null; // no tiers before publication
  const plan = await findSeatingPlan(db, event.seatingPlanId);
  return plan === null ? null : { event, plan, tiers };
}
