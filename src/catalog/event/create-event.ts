import type { CreateEventInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import { fold } from '../../platform/text/fold.ts';
import { isComplete, readNewFields } from '../input/read-fields.ts';
import { eventCreated } from '../outcomes.ts';
import { findEvent } from '../store/reads.ts';
import { refreshSearchText } from '../store/search-text.ts';
import { insertEvent, writeLineup } from '../store/writes.ts';
import { columnsOf, DEFAULT_EVENT } from './event-defaults.ts';
import { checkRanges, EVENT_RULES } from './event-input-rules.ts';
import { checkReferences } from './event-references.ts';

const NO_REFERENCES = { venueId: null, seatingPlanId: null };

/** Create a draft Event at a public Venue or one of the organiser's own. Only they see it until it is published. */
export async function createEvent(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: CreateEventInput,
) {
  const { fields, problems } = readNewFields(EVENT_RULES, input.event, ['event']);
  const outcome = await inTransaction(platform, 'catalog.createEvent', async (tx) => {
    const references = await checkReferences(tx, viewer, NO_REFERENCES, fields, ['event']);
    const event = { ...DEFAULT_EVENT, ...columnsOf(fields) };
    const allProblems = [...problems, ...references.problems];
    if (fields.startsAt !== undefined) {
      allProblems.push(...checkRanges({ ...event, startsAt: fields.startsAt }, fields, ['event']));
    }
    if (!isComplete(fields, allProblems) || references.venue === null) return invalidInput(allProblems);

    const { name, category, startsAt } = fields;
    const { id: venueId, timezone } = references.venue;
    const id = newId();
    const columns = { ...event, name, category, startsAt, venueId, timezone, folded: fold(name) };
    await insertEvent(tx, { ...columns, id, organiserId: viewer.id });
    await writeLineup(tx, id, fields.performers ?? []);
    await refreshSearchText(tx, [id]);
    return eventCreated((await findEvent(tx, id))!);
  });
  return countOutcome(platform, 'createEvent', outcome);
}
