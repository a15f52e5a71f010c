import { openBookingLoaders } from '../../booking/index.ts';
import { openCatalogLoaders } from '../../catalog/index.ts';
import type { Subscriber } from '../../realtime/index.ts';
import type { Context } from '../context.ts';

/** What every request shares. */
export type SharedContext = Pick<
  Context,
  'platform' | 'checkouts' | 'seatMaps' | 'searchEngine' | 'rateLimits'
>;

/** Make the context of one request, or of one update: nothing that it loads is remembered for another. */
export function makeContext(shared: SharedContext, { viewer, address, requestId }: Subscriber): Context {
  const { db } = shared.platform;
  return {
    ...shared,
    viewer,
    address,
    requestId,
    answer: {
      dependsOn: new Set(),
      shareableForSeconds: null,
      changesUnheard: false,
      isUnavailable: false,
    },
    loaders: { ...openCatalogLoaders(db), ...openBookingLoaders(db) },
  };
}
