import type { UpdatePerformerInput } from '../../generated/graphql.ts';
import { mayActFor, type Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import { fold } from '../../platform/text/fold.ts';
import { readChanges } from '../input/read-fields.ts';
import { performerNotFound, performerUpdated } from '../outcomes.ts';
import { refreshSearchText } from '../store/search-text.ts';
import { lockPerformer, updatePerformerRow } from '../store/writes.ts';
import { PERFORMER_RULES } from './performer-input-rules.ts';

/** Change a Performer, and refresh the search text of their Events. */
export async function updatePerformer(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: UpdatePerformerInput,
) {
  const id = decodeIdOf('Performer', input.id)?.id;
  if (id === undefined) return countOutcome(platform, 'updatePerformer', performerNotFound());
  const { fields, problems } = readChanges(PERFORMER_RULES, input.performer, ['performer']);

  const outcome = await inTransaction(platform, 'catalog.updatePerformer', async (tx) => {
    const performer = await lockPerformer(tx, id);
    if (performer === null || !mayActFor(viewer, performer.organiserId)) return performerNotFound();
    if (problems.length > 0) return invalidInput(problems);

    const folded = fold(fields.name ?? performer.name);
    const updated = await updatePerformerRow(tx, id, { ...fields, folded });
    await refreshSearchText(tx, { performerId: id });
    return performerUpdated(updated);
  });
  return countOutcome(platform, 'updatePerformer', outcome);
}
