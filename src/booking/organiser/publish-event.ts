import {
  changesBetween,
  describeConflicts,
  endOf,
  eventNotChangeable,
  eventNotFound,
  findEvent,
  findSeatingPlan,
  lockEvent,
  readNow,
  recordAudit,
  type EventRow,
} from '../../catalog/index.ts';
import type { FieldProblem, PublishEventInput } from '../../generated/graphql.ts';
import { mayActFor, type Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import { eventPublished } from '../outcomes.ts';
import { saleEndOf } from '../store/sale-window.ts';
import { checkPriceList } from './price-list.ts';
import { putOnSale } from './put-on-sale.ts';

type PublishEventOutcome =
  | ReturnType<typeof eventPublished>
  | ReturnType<typeof eventNotFound>
  | ReturnType<typeof eventNotChangeable>
  | ReturnType<typeof invalidInput>;

/** Put an organiser's own Event on sale, with one price for each category of its plan. */
export async function publishEvent(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: PublishEventInput,
): Promise<PublishEventOutcome> {
  const eventId = decodeIdOf('Event', input.event)?.id;
  const outcome = eventId === undefined ? eventNotFound() : await publish(platform, viewer, eventId, input);
  return countOutcome(platform, 'publishEvent', outcome);
}

function publish(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  eventId: string,
  input: PublishEventInput,
): Promise<PublishEventOutcome> {
  return inTransaction(platform, 'booking.publishEvent', async (tx) => {
    const event = await lockEvent(tx, eventId);
    if (event === null || !mayActFor(viewer, event.organiserId)) return eventNotFound();
    if (event.status === 'ON_SALE') return eventNotChangeable(event, 'The Event is already on sale.');
    if (event.status === 'CANCELLED') {
      return eventNotChangeable(event, 'The Event was cancelled and cannot be put on sale again.');
    }
    const plan = event.seatingPlanId === null ? null : await findSeatingPlan(tx, event.seatingPlanId);
    if (plan === null) {
      return invalidInput([{ path: ['event'], message: 'has no SeatingPlan: set one with `updateEvent`' }]);
    }
    const problems = [
      ...checkTimes(event, await readNow(tx)),
      ...checkPriceList(input, plan.layout.categories, event.ticketLimit),
    ];
    if (problems.length > 0) return invalidInput(problems);

    const tickets = await putOnSale(tx, eventId, plan.layout, input, {
      hasTickets: event.lowestPrice !== null, // of an Event that was withdrawn
    });
    const published = await findEvent(tx, eventId);
    if (tickets === null || published === null)
      throw new Error(`event ${eventId} changed while it was locked`);
    await recordAudit(tx, viewer, event, 'publishEvent', [
      ...changesBetween(event, { status: published.status, currency: published.currency }),
      ...input.prices.flatMap(({ tier, amount }) => changesBetween({}, { [`prices.${tier}`]: amount })),
    ]);
    return eventPublished(published, tickets);
  });
}

/** Refuse times that contradict each other, which old rows may have, and an Event of which nothing could be sold any more. */
function checkTimes(event: EventRow, now: Date): FieldProblem[] {
  const isPast = (field: string, at: Date, remedy = 'change it') =>
    `\`${field}\` is in the past: ${at.toISOString()}; ${remedy} with \`updateEvent\``;
  const messages = describeConflicts(event);
  if (endOf(event) <= now) {
    messages.push(
      event.endsAt === null ? isPast('startsAt', event.startsAt) : isPast('endsAt', event.endsAt),
    );
  } else if (saleEndOf(event) <= now) {
    messages.push(
      event.saleEndsAt === null
        ? isPast('startsAt', saleEndOf(event), 'without `saleEndsAt` the sale ended then; change one of them')
        : isPast('saleEndsAt', saleEndOf(event)),
    );
  }
  return messages.map((message) => ({ path: ['event'], message }));
}
