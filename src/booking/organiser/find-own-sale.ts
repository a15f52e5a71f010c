import { eventNotFound, findEvent, findSeatingPlan, maySee, type EventRow } from '../../catalog/index.ts';
import type { BlockTicketsInput } from '../../generated/graphql.ts';
import { mayActFor, type Viewer } from '../../platform/auth/viewer.ts';
import type { Db } from '../../platform/db/pool.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import { invalidInput } from '../../platform/outcomes.ts';
import { eventNotOnSale } from '../outcomes.ts';
import { saleEndOf } from '../store/sale-window.ts';
import { checkPlaces } from './check-places.ts';

export type OwnSaleRefusal =
  ReturnType<typeof eventNotFound> | ReturnType<typeof eventNotOnSale> | ReturnType<typeof invalidInput>;

/** Find an organiser's own Event that has tickets and is not archived, and validate the places, which are returned in ascending order. */
export async function findOwnSale(
  db: Db,
  viewer: Viewer,
  input: BlockTicketsInput,
): Promise<{ event: EventRow; places: number[] } | { refusal: OwnSaleRefusal }> {
  const eventId = decodeIdOf('Event', input.event)?.id;
  const event = eventId === undefined ? null : await findEvent(db, eventId);
  if (event === null || !maySee(viewer, event) || !mayActFor(viewer, event.organiserId)) {
    return { refusal: eventNotFound() };
  }
  const plan = event.seatingPlanId === null ? null : await findSeatingPlan(db, event.seatingPlanId);
  if (event.status !== 'ON_SALE' || plan === null || event.archivingSince !== null) {
    return { refusal: eventNotOnSale({ ...event, saleEndsAt: saleEndOf(event) }) };
  }
  const problems = checkPlaces(input.places, plan.layout);
  if (problems.length > 0) return { refusal: invalidInput(problems) };
  return { event, places: input.places.toSorted((a, b) => a - b) };
}
