import { findEvent, findSeatingPlan } from '../../catalog/index.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { runEach } from '../../platform/run-each.ts';
import { countStock, findUncountedEvents, writeStock } from '../store/event-stock.ts';
import { accessiblePlaces } from './accessible-places.ts';

/** Count the tickets of an Event that can be had, and write the result. */
export async function refreshStock(
  platform: Pick<Platform, 'db' | 'metrics'>,
  eventId: string,
): Promise<void> {
  const event = await findEvent(platform.db, eventId);
  if (event?.seatingPlanId == null) return;
  const plan = await findSeatingPlan(platform.db, event.seatingPlanId);
  if (plan === null) return;
  await inTransaction(platform, 'booking.refreshStock', async (tx) =>
    writeStock(tx, eventId, await countStock(tx, eventId, accessiblePlaces(plan.layout))),
  );
}

/** A batch of Events of 20,000 places each takes a second. */
const MAX_UNCOUNTED = 100;

/** Count the stock of Events on sale that was not counted for long: no worker heard of their changes. Returns their number. */
export async function refreshUncounted(platform: Pick<Platform, 'db' | 'metrics'>): Promise<number> {
  const eventIds = await findUncountedEvents(platform.db, MAX_UNCOUNTED);
  await runEach(eventIds.map((eventId) => () => refreshStock(platform, eventId)));
  return eventIds.length;
}
