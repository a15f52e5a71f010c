import type { CreateEventInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import { fold } from '../../platform/text/fold.ts';
import { isComplete, readNewFields } from '../input/read-fields.ts';
import { eventCreated } from '../outcomes.ts';
import { changesBetween, recordAudit } from '../store/audit-trail.ts';
import { findEvent } from '../store/reads.ts';
import { refreshSearchText } from '../store/search-text.ts';
import { insertEvent, writeLineup } from '../store/writes.ts';
import { columnsOf, DEFAULT_EVENT } from './event-defaults.ts';
import { EVENT_RULES } from './event-input-rules.ts';
import { checkRanges } from './event-ranges.ts';
import { checkReferences } from './event-references.ts';
import { namedAsGiven, resolveLocalTimes, withoutMissingStart } from './local-times.ts';

const NO_REFERENCES = { venueId: null, seatingPlanId: null };

/** Create a draft Event at a public Venue or one of the organiser's own. Only they see it until it is published. */
export async function createEvent(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: CreateEventInput,
) {
  const { fields: read, problems: invalid } = readNewFields(EVENT_RULES, input.event, ['event']);
  const outcome = await inTransaction(platform, 'catalog.createEvent', async (tx) => {
    const references = await checkReferences(tx, viewer, NO_REFERENCES, read, ['event']);
    const { fields, problems } = resolveLocalTimes(read, references.venue?.timezone ?? 'UTC', ['event']);
    problems.unshift(...withoutMissingStart(invalid, input.event), ...references.problems);
    const event = { ...DEFAULT_EVENT, ...columnsOf(fields) };
    if (fields.startsAt !== undefined) {
      const conflicts = checkRanges({ ...event, startsAt: fields.startsAt }, fields, ['event']);
      problems.push(...namedAsGiven(conflicts, input.event));
    }
    if (!isComplete<typeof EVENT_RULES>(fields, problems) || references.venue === null)
      return invalidInput(problems);

    const { name, category, startsAt } = fields;
    const { id: venueId, timezone } = references.venue;
    const id = newId();
    const columns = { ...event, name, category, startsAt, venueId, timezone, folded: fold(name) };
    await insertEvent(tx, { ...columns, id, organiserId: viewer.id });
    await writeLineup(tx, id, fields.performers ?? []);
    await refreshSearchText(tx, [id]);
    const created = (await findEvent(tx, id))!;
    await recordAudit(tx, viewer, created, 'createEvent', changesBetween({}, { name, startsAt }));
    return eventCreated(created);
  });
  return countOutcome(platform, 'createEvent', outcome);
}
