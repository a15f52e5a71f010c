import type { CreatePerformerInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import { fold } from '../../platform/text/fold.ts';
import { isComplete, readNewFields } from '../input/read-fields.ts';
import { performerCreated } from '../outcomes.ts';
import { insertPerformer } from '../store/writes.ts';
import { ownerOf } from '../visibility.ts';
import { PERFORMER_RULES } from './performer-input-rules.ts';

/** Create a Performer: owned by the organiser, or public if an admin creates it. */
export async function createPerformer(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: CreatePerformerInput,
) {
  const { fields, problems } = readNewFields(PERFORMER_RULES, input.performer, ['performer']);
  if (!isComplete(fields, problems)) return countOutcome(platform, 'createPerformer', invalidInput(problems));

  const row = { ...fields, id: newId(), organiserId: ownerOf(viewer), folded: fold(fields.name) };
  const created = await inTransaction(platform, 'catalog.createPerformer', (tx) => insertPerformer(tx, row));
  return countOutcome(platform, 'createPerformer', performerCreated(created));
}
