import { eventNotChangeable, eventNotFound, lockEvent, type EventRow } from '../../catalog/index.ts';
import { mayActFor, type Viewer } from '../../platform/auth/viewer.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction, type Abort } from '../../platform/db/transaction.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome } from '../../platform/outcomes.ts';

export type OwnEventRefusal = ReturnType<typeof eventNotFound> | ReturnType<typeof eventNotChangeable>;

/** Run a change in a transaction that has locked the viewer's own Event, which is not archived, nor, unless it `mayBeCancelled`, cancelled. */
export async function changeOwnEvent<Outcome extends { __typename: string }>(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  {
    useCase,
    event: globalId,
    mayBeCancelled = false,
  }: { useCase: string; event: string; mayBeCancelled?: boolean },
  change: (tx: Tx, event: EventRow, abort: Abort<Outcome>) => Promise<Outcome>,
): Promise<Outcome | OwnEventRefusal> {
  const eventId = decodeIdOf('Event', globalId)?.id;
  const outcome =
    eventId === undefined
      ? eventNotFound()
      : await inTransaction(
          platform,
          'booking.changeSale',
          async (tx, abort: Abort<Outcome>): Promise<Outcome | OwnEventRefusal> => {
            const event = await lockEvent(tx, eventId);
            if (event === null || !mayActFor(viewer, event.organiserId)) return eventNotFound();
            const reason = refusalReason(event, mayBeCancelled);
            return reason === null ? change(tx, event, abort) : eventNotChangeable(event, reason);
          },
        );
  return countOutcome(platform, useCase, outcome);
}

function refusalReason({ status, archivingSince }: EventRow, mayBeCancelled: boolean): string | null {
  if (archivingSince !== null) return 'The Event is archived.';
  return status === 'CANCELLED' && !mayBeCancelled ? 'The Event was cancelled.' : null;
}
