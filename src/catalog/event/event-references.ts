import type { FieldProblem } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { unknownReference } from '../input/field-rules.ts';
import { readPerformers, readSeatingPlanHeads, readVenues, type VenueRow } from '../store/reads.ts';
import { mayReference } from '../visibility.ts';
import type { EventChanges } from './event-input-rules.ts';

/** References of the Event before the change; null for a new Event. */
interface Before {
  venueId: string | null;
  seatingPlanId: string | null;
}

/** Check that the references of an Event exist, that the organiser may use them, and that plan and Venue match. */
export async function checkReferences(
  tx: Tx,
  viewer: Viewer,
  before: Before,
  given: EventChanges,
  path: string[],
): Promise<{ venue: VenueRow | null; problems: FieldProblem[] }> {
  const problems: FieldProblem[] = [];
  const venue = given.venue === undefined ? null : await findPermittedVenue(tx, viewer, given.venue);
  if (given.venue !== undefined && venue === null) {
    problems.push({ path: [...path, 'venue'], message: unknownReference('Venue') });
  } else {
    problems.push(...(await checkPlan(tx, venue?.id ?? before.venueId, before, given, path)));
  }
  problems.push(...(await checkLineup(tx, viewer, given.performers ?? [], [...path, 'performers'])));
  return { venue, problems };
}

async function findPermittedVenue(tx: Tx, viewer: Viewer, id: string): Promise<VenueRow | null> {
  const [venue] = await readVenues(tx, [id]);
  return venue !== undefined && mayReference(viewer, venue) ? venue : null;
}

async function checkPlan(
  tx: Tx,
  venueId: string | null,
  before: Before,
  given: EventChanges,
  path: string[],
): Promise<FieldProblem[]> {
  const planId = given.seatingPlan === undefined ? before.seatingPlanId : given.seatingPlan;
  if (planId === null || venueId === null) return [];
  const [plan] = await readSeatingPlanHeads(tx, [planId]);
  if (plan === undefined)
    return [{ path: [...path, 'seatingPlan'], message: unknownReference('SeatingPlan') }];
  if (plan.venueId === venueId) return [];
  const message =
    given.seatingPlan === undefined
      ? 'belongs to the previous Venue: choose one of the new Venue, or null'
      : 'belongs to another Venue';
  return [{ path: [...path, 'seatingPlan'], message }];
}

async function checkLineup(
  tx: Tx,
  viewer: Viewer,
  performerIds: readonly string[],
  path: string[],
): Promise<FieldProblem[]> {
  if (performerIds.length === 0) return [];
  const rows = await readPerformers(tx, performerIds);
  const permitted = new Set(rows.filter((row) => mayReference(viewer, row)).map(({ id }) => id));
  return performerIds.flatMap((id, index) => {
    const itemPath = [...path, String(index)];
    if (!permitted.has(id)) return [{ path: itemPath, message: unknownReference('Performer') }];
    return performerIds.indexOf(id) < index ? [{ path: itemPath, message: 'is a duplicate' }] : [];
  });
}
