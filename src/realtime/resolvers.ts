import type { Resolvers } from '../generated/graphql.ts';
import { CodedError } from '../platform/errors.ts';
import { decodeIdOf } from '../platform/ids.ts';
import { noSeatMap, type SeatMapUpdate } from '../seat-map/index.ts';
import { LiveStream } from './subscription/live-stream.ts';

/** GraphQL resolvers of subscriptions. */
export const resolvers: Resolvers = {
  Subscription: {
    seatMapChanged: {
      subscribe: async (_root, { event, after }, { seatMaps, viewer }) => {
        const eventId = decodeIdOf('Event', event)?.id;
        const channel = eventId === undefined ? null : await seatMaps.subscribe(viewer, eventId);
        if (channel === null) throw noSeatMap();
        return new LiveStream<SeatMapUpdate>(channel, after ?? null);
      },
      resolve: (root: { seatMapChanged?: SeatMapUpdate } | undefined) => {
        if (root?.seatMapChanged) return root.seatMapChanged;
        throw new CodedError('INVALID_REQUEST', 'Subscriptions go over WebSocket, or to `/graphql/stream`.');
      },
    },
  },
};
