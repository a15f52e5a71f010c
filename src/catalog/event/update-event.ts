import type { Context, FieldProblem, UpdateEventInput } from '../../generated/graphql.ts';
import { mayActFor, type Viewer } from '../../platform/auth/viewer.ts';
import { priceProblem } from '../../platform/charge-limits.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { decodeIdOf, encodeId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import { fold } from '../../platform/text/fold.ts';
import { readChanges } from '../input/read-fields.ts';
import { eventNotChangeable, eventNotFound, eventUpdated } from '../outcomes.ts';
import { changesBetween, recordAudit } from '../store/audit-trail.ts';
import { endOf } from '../store/event-period.ts';
import { findEvent, lockEvent, readLineups, readNow, type EventRow } from '../store/reads.ts';
import { refreshSearchText } from '../store/search-text.ts';
import { updateEventRow, writeLineup } from '../store/writes.ts';
import { columnsOf } from './event-defaults.ts';
import { EVENT_RULES, type EventChanges } from './event-input-rules.ts';
import { checkRanges } from './event-ranges.ts';
import { checkReferences } from './event-references.ts';
import { namedAsGiven, resolveLocalTimes, withoutMissingStart } from './local-times.ts';

/**
 * Change an Event. While it is on sale its Venue and SeatingPlan are fixed, because its tickets are places there.
 *
 * A Venue in another time zone keeps the instants, as `updateVenue` does: only the local times that the input states are new.
 */
export async function updateEvent(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: UpdateEventInput,
  { endProblem }: Pick<Context, 'endProblem'>,
) {
  const id = decodeIdOf('Event', input.id)?.id;
  if (id === undefined) return countOutcome(platform, 'updateEvent', eventNotFound());
  const { fields: read, problems: invalid } = readChanges(EVENT_RULES, input.event, ['event']);

  const outcome = await inTransaction(platform, 'catalog.updateEvent', async (tx) => {
    const event = await lockEvent(tx, id);
    if (event === null || !mayActFor(viewer, event.organiserId)) return eventNotFound();
    const reason = refusalReason(event, read);
    if (reason !== null) return eventNotChangeable(event, reason);

    const { venue, problems: references } = await checkReferences(tx, viewer, event, read, ['event']);
    const { fields, problems } = resolveLocalTimes(read, venue?.timezone ?? event.timezone, ['event']);
    const changes = columnsOf(fields);
    const changed = { ...event, ...changes };
    const conflicts = checkRanges(changed, fields, ['event']);
    if (event.status === 'ON_SALE') conflicts.push(...checkMove(event, changed, fields, await readNow(tx)));
    if (endOf(changed).getTime() !== endOf(event).getTime()) {
      const problem = await endProblem(tx, id, endOf(changed));
      if (problem !== null) conflicts.push({ path: ['event', movedField(fields)], message: problem });
    }
    problems.unshift(...withoutMissingStart(invalid, input.event), ...references);
    problems.push(...namedAsGiven(conflicts, input.event));
    problems.push(...ticketLimitProblems(event, changed.ticketLimit));
    if (problems.length > 0) return invalidInput(problems);

    const location = venue === null ? {} : { venueId: venue.id, timezone: venue.timezone };
    await updateEventRow(tx, id, { ...changes, ...location, folded: fold(changed.name) });
    const formerLineup = fields.performers === undefined ? [] : await readPerformerIds(tx, id);
    if (fields.performers !== undefined) await writeLineup(tx, id, fields.performers ?? []);
    await refreshSearchText(tx, [id]);
    const audited = changesBetween(
      inSchemaTerms({ ...event, performers: formerLineup }),
      inSchemaTerms({
        ...changes,
        ...location,
        performers: fields.performers === undefined ? formerLineup : (fields.performers ?? []),
      }),
    );
    if (audited.length > 0) await recordAudit(tx, viewer, event, 'updateEvent', audited);
    return eventUpdated((await findEvent(tx, id))!);
  });
  return countOutcome(platform, 'updateEvent', outcome);
}

const readPerformerIds = async (tx: Tx, id: string): Promise<string[]> =>
  (await readLineups(tx, [id])).map(({ performer }) => performer.id);

/** Columns and lineup as the schema names them, for the audit trail. */
function inSchemaTerms({
  venueId,
  seatingPlanId,
  performers,
  ...columns
}: Partial<EventRow> & { performers: readonly string[] }) {
  return {
    ...columns,
    ...(venueId === undefined ? {} : { venue: venueId && encodeId('Venue', venueId) }),
    ...(seatingPlanId === undefined
      ? {}
      : { seatingPlan: seatingPlanId && encodeId('SeatingPlan', seatingPlanId) }),
    performers: performers.map((performer) => encodeId('Performer', performer)),
  };
}

/** A higher limit must leave an order of that many tickets payable. */
function ticketLimitProblems(event: EventRow, ticketLimit: number): FieldProblem[] {
  const { currency, highestPrice } = event;
  if (currency === null || highestPrice === null || ticketLimit <= event.ticketLimit) return [];
  const problem = priceProblem(highestPrice, currency, ticketLimit);
  return problem === null
    ? []
    : [
        {
          path: ['event', 'ticketLimit'],
          message: `makes orders that cannot be paid: the highest price ${problem}`,
        },
      ];
}

/** Refuse to move an Event on sale into the past, which is no way to stop its sale: `saleEndsAt` is. */
function checkMove(before: Times, after: Times, given: EventChanges, now: Date): FieldProblem[] {
  if (endOf(after) > now || endOf(before) <= now) return [];
  return [{ path: ['event', movedField(given)], message: 'is in the past, and tickets are on sale' }];
}

/** The field that moves the end. */
const movedField = ({ endsAt }: EventChanges) => (endsAt === undefined ? 'startsAt' : 'endsAt');

type Times = Pick<EventRow, 'startsAt' | 'endsAt'>;

/** Why the Event's state does not allow the changes, as a sentence; null if it does. */
function refusalReason(event: EventRow, { venue, seatingPlan }: EventChanges): string | null {
  if (event.archivingSince !== null) return 'The Event is archived.';
  switch (event.status) {
    case 'DRAFT':
    case 'ANNOUNCED':
    case 'ON_SALE': {
      if (event.lowestPrice === null) return null; // never published: it has no tickets
      const state = event.status === 'ON_SALE' ? 'Tickets are on sale' : 'The Event was on sale';
      if (venue !== undefined && venue !== event.venueId) return `${state}: the Venue cannot change.`;
      if (seatingPlan !== undefined && seatingPlan !== event.seatingPlanId) {
        return `${state}: the SeatingPlan cannot change.`;
      }
      return null;
    }
    case 'CANCELLED':
      return 'The Event was cancelled.';
  }
}
