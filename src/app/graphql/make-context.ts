import { openBookingLoaders } from '../../booking/index.ts';
import { openCatalogLoaders } from '../../catalog/index.ts';
import { editsCatalogue } from '../../platform/auth/viewer.ts';
import type { Limits } from '../../platform/config/limits.ts';
import type { Subscriber } from '../../realtime/index.ts';
import { withoutCaches } from '../../search/index.ts';
import { endProblemOfRoom } from '../../waiting-room/index.ts';
import type { Context } from '../context.ts';
import { FieldCounter } from './response-size.ts';

export type SharedContext = Pick<
  Context,
  | 'platform'
  | 'checkouts'
  | 'sales'
  | 'salesFeed'
  | 'seatMaps'
  | 'waitingRooms'
  | 'queue'
  | 'queueWatch'
  | 'searchEngines'
  | 'rateLimits'
> & { limits: Pick<Limits, 'cost'> };

/** Signal of what no client waits for. */
const NEVER = new AbortController().signal;

/** What only a request over HTTP has; a subscription counts its weight before it starts. */
type RequestParts = Pick<Context, 'signal' | 'countWeight' | 'rawHeaders'>;

const NO_REQUEST: RequestParts = { signal: NEVER, countWeight: async () => {}, rawHeaders: [] };

/** Context of one request or one subscription update, with loaders of its own. */
export function makeContext(
  { limits, ...shared }: SharedContext,
  { viewer, address, requestId, passes }: Subscriber,
  request: RequestParts = NO_REQUEST,
): Context {
  const { db } = shared.platform;
  return {
    ...shared,
    searchEngines: editsCatalogue(viewer) ? withoutCaches(shared.searchEngines) : shared.searchEngines,
    endProblem: endProblemOfRoom,
    viewer,
    address,
    requestId,
    passes,
    ...request,
    cacheability: {
      tags: new Set(),
      publicMaxAgeSeconds: null,
      isUntracked: false,
      isUnavailable: false,
    },
    responseSize: new FieldCounter(limits, request.signal),
    loaders: { ...openCatalogLoaders(db), ...openBookingLoaders(db) },
  };
}
