import { changesBetween, recordAudit, updateSaleState } from '../../catalog/index.ts';
import type { WithdrawEventInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Platform } from '../../platform/index.ts';
import { eventHasBuyers, eventWithdrawn } from '../outcomes.ts';
import { lockAllTickets } from '../store/tickets.ts';
import { changeOwnEvent } from './change-own-event.ts';

/**
 * Make an Event a draft again, while no ticket of it is sold or held. Its tickets stay, with their versions and blocks, for the next
 * `publishEvent`: seat boards take only newer versions of a place. Idempotent.
 *
 * Every ticket is locked: an order that holds one has committed before, and is seen here, or finds the draft when it gets the lock.
 */
export function withdrawEvent(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  { event: globalId }: WithdrawEventInput,
) {
  const request = { useCase: 'withdrawEvent', event: globalId };
  return changeOwnEvent(platform, viewer, request, async (tx, event) => {
    if (event.status === 'DRAFT') return eventWithdrawn(event);
    const taken = await lockAllTickets(tx, event.id);
    if (taken.sold + taken.held > 0) return eventHasBuyers(taken);
    const draft = await updateSaleState(tx, event.id, { status: 'DRAFT', salePausedAt: null });
    const { status, salePausedAt } = draft;
    await recordAudit(tx, viewer, event, 'withdrawEvent', changesBetween(event, { status, salePausedAt }));
    return eventWithdrawn(draft);
  });
}
