import { changeOwnEvent } from '../../booking/index.ts';
import { changesBetween, eventNotChangeable, recordAudit, updateSaleState } from '../../catalog/index.ts';
import type { CancelEventInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Platform } from '../../platform/index.ts';
import { eventCancelled } from '../outcomes.ts';
import { insertCancellation } from '../store/event-cancellations.ts';
import { scheduleCancelling } from './cancel-bookings.ts';

/**
 * Cancel an Event: from the commit on nothing of it is sold, and a job cancels and refunds every Booking. Idempotent; an Event that
 * was cancelled by hand gets its refunds so. One that is over can be cancelled, too: shows are called off at the door.
 */
export function cancelEvent(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  { event: globalId }: CancelEventInput,
) {
  const request = { useCase: 'cancelEvent', event: globalId, mayBeCancelled: true };
  return changeOwnEvent(platform, viewer, request, async (tx, event) => {
    if (event.status === 'DRAFT')
      return eventNotChangeable(event, 'The Event is a draft: it is not public, and nothing of it is sold.');
    if (await insertCancellation(tx, event.id))
      await scheduleCancelling(tx, { eventId: event.id, after: null }, 0);
    if (event.status === 'CANCELLED') return eventCancelled(event);
    const cancelled = await updateSaleState(tx, event.id, { status: 'CANCELLED', salePausedAt: null });
    const { status, salePausedAt } = cancelled;
    await recordAudit(tx, viewer, event, 'cancelEvent', changesBetween(event, { status, salePausedAt }));
    return eventCancelled(cancelled);
  });
}
