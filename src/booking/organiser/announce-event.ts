import { changesBetween, eventNotChangeable, recordAudit, updateSaleState } from '../../catalog/index.ts';
import type { AnnounceEventInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Platform } from '../../platform/index.ts';
import { eventAnnounced } from '../outcomes.ts';
import { changeOwnEvent } from './change-own-event.ts';

/** Show a draft to everyone, without putting it on sale. Idempotent. */
export function announceEvent(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  { event: globalId }: AnnounceEventInput,
) {
  const request = { useCase: 'announceEvent', event: globalId };
  return changeOwnEvent(platform, viewer, request, async (tx, event) => {
    if (event.status === 'ON_SALE') return eventNotChangeable(event, 'The Event is already on sale.');
    if (event.status === 'ANNOUNCED') return eventAnnounced(event);
    const announced = await updateSaleState(tx, event.id, { status: 'ANNOUNCED' });
    await recordAudit(
      tx,
      viewer,
      event,
      'announceEvent',
      changesBetween(event, { status: announced.status }),
    );
    return eventAnnounced(announced);
  });
}
