import type { UpdateSeatingPlanInput } from '../../generated/graphql.ts';
import { mayActFor, type Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { decodeIdOf, encodeId, newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import { fingerprint } from '../../seating-plan/index.ts';
import { seatingPlanNotFound, seatingPlanUpdated } from '../outcomes.ts';
import { readSeatingPlanHeads, readVenues } from '../store/reads.ts';
import { insertSeatingPlan, lockNewestVersion } from '../store/writes.ts';
import { readLayoutSource } from './layout-source.ts';

/** Add a version to a SeatingPlan. An unchanged layout adds none and returns the current version. */
export async function updateSeatingPlan(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: UpdateSeatingPlanInput,
) {
  const count = <Outcome extends { __typename: string }>(outcome: Outcome) =>
    countOutcome(platform, 'updateSeatingPlan', outcome);
  const planId = decodeIdOf('SeatingPlan', input.id)?.id;
  const [plan] = planId === undefined ? [] : await readSeatingPlanHeads(platform.db, [planId]);
  if (plan === undefined || !mayActFor(viewer, plan.organiserId)) return count(seatingPlanNotFound());

  const [venue] = await readVenues(platform.db, [plan.venueId]);
  const { layout, problems } = readLayoutSource(plan.name, venue!, input.source, plan.fingerprint);
  if (layout === null) return count(invalidInput(problems));

  const outcome = await inTransaction(platform, 'catalog.updateSeatingPlan', async (tx) => {
    const newest = await lockNewestVersion(tx, plan);
    if (newest === null || newest.id !== plan.id) return invalidInput([notNewest(newest?.id)]);
    const newFingerprint = fingerprint(layout);
    if (newFingerprint === plan.fingerprint) return seatingPlanUpdated(plan);
    const { venueId, organiserId, name, version } = plan;
    const inserted = await insertSeatingPlan(tx, {
      ...{ id: newId(), venueId, organiserId, name, version: version + 1 },
      ...{ places: layout.places, layout, fingerprint: newFingerprint },
    });
    return inserted === null ? invalidInput([notNewest(undefined)]) : seatingPlanUpdated(inserted);
  });
  return count(outcome);
}

const notNewest = (newestId: string | undefined) => ({
  path: ['id'],
  message:
    newestId === undefined
      ? 'is not the newest version'
      : `is not the newest version: that is ${encodeId('SeatingPlan', newestId)}`,
});
