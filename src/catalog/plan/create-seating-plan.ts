import type { CreateSeatingPlanInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Db } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { decodeIdOf, newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import { fingerprint, LookAlikes } from '../../seating-plan/index.ts';
import { singleLine } from '../input/field-rules.ts';
import { readNewFields } from '../input/read-fields.ts';
import { seatingPlanCreated, venueNotFound } from '../outcomes.ts';
import { readNewestSeatingPlans, readVenues } from '../store/reads.ts';
import { insertSeatingPlan } from '../store/writes.ts';
import { mayReference, ownerOf } from '../visibility.ts';
import { readLayoutSource } from './layout-source.ts';

const NAME_RULE = { required: { name: singleLine(100) }, optional: {} };

/** Create a SeatingPlan for a public Venue or one of the organiser's own. Only that organiser can add versions. */
export async function createSeatingPlan(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: CreateSeatingPlanInput,
) {
  const count = <Outcome extends { __typename: string }>(outcome: Outcome) =>
    countOutcome(platform, 'createSeatingPlan', outcome);
  const venueId = decodeIdOf('Venue', input.venue)?.id;
  const [venue] = venueId === undefined ? [] : await readVenues(platform.db, [venueId]);
  if (venue === undefined || !mayReference(viewer, venue)) return count(venueNotFound());

  const { fields, problems } = readNewFields(NAME_RULE, input, []);
  if (fields.name !== undefined) {
    const lookAlike = await findLookAlike(platform.db, venue.id, fields.name);
    if (lookAlike !== null) problems.push({ path: ['name'], message: lookAlike });
  }
  const source = readLayoutSource(fields.name ?? 'Unnamed', venue, input.source);
  problems.push(...source.problems);
  if (problems.length > 0 || source.layout === null) return count(invalidInput(problems));

  const { layout } = source;
  const row = {
    ...{ id: newId(), venueId: venue.id, organiserId: ownerOf(viewer), name: layout.name, version: 1 },
    ...{ places: layout.places, layout, fingerprint: fingerprint(layout) },
  };
  const plan = await inTransaction(platform, 'catalog.createSeatingPlan', (tx) => insertSeatingPlan(tx, row));
  if (plan !== null) return count(seatingPlanCreated(plan));
  const message = `is taken: the Venue has a plan called “${layout.name}”; update it, or choose another name`;
  return count(invalidInput([{ path: ['name'], message }]));
}

/** Compare a name with those that the Venue lists: its others are not shown beside it. */
async function findLookAlike(db: Db, venueId: string, name: string): Promise<string | null> {
  const known = new LookAlikes('signs');
  for (const plan of await readNewestSeatingPlans(db, [venueId])) known.add(plan.name);
  return known.add(name);
}
