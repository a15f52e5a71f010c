import { sql } from 'drizzle-orm';

import { changesBetween, eventNotChangeable, recordAudit, updateSaleState } from '../../catalog/index.ts';
import type { PauseSaleInput, ResumeSaleInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Platform } from '../../platform/index.ts';
import { salePaused, saleResumed } from '../outcomes.ts';
import { changeOwnEvent } from './change-own-event.ts';

/**
 * Pause the sale of an Event: no more tickets are held, while holds and payments go on. Idempotent. An order that was sent before
 * the commit may still be held; one that is sent after the answer is not.
 */
export function pauseSale(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  { event: globalId }: PauseSaleInput,
) {
  const request = { useCase: 'pauseSale', event: globalId };
  return changeOwnEvent(platform, viewer, request, async (tx, event) => {
    if (event.status !== 'ON_SALE') return eventNotChangeable(event, NOT_ON_SALE);
    if (event.salePausedAt !== null) return salePaused(event);
    const paused = await updateSaleState(tx, event.id, { salePausedAt: sql`now()` });
    await recordAudit(tx, viewer, event, 'pauseSale', changesBetween(event, pausedAtOf(paused)));
    return salePaused(paused);
  });
}

/** Resume the sale of an Event. Idempotent. */
export function resumeSale(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  { event: globalId }: ResumeSaleInput,
) {
  const request = { useCase: 'resumeSale', event: globalId };
  return changeOwnEvent(platform, viewer, request, async (tx, event) => {
    if (event.status !== 'ON_SALE') return eventNotChangeable(event, NOT_ON_SALE);
    if (event.salePausedAt === null) return saleResumed(event);
    const resumed = await updateSaleState(tx, event.id, { salePausedAt: null });
    await recordAudit(tx, viewer, event, 'resumeSale', changesBetween(event, pausedAtOf(resumed)));
    return saleResumed(resumed);
  });
}

const NOT_ON_SALE = 'The Event is not on sale: publish it first.';

const pausedAtOf = ({ salePausedAt }: { salePausedAt: Date | null }) => ({ salePausedAt });
