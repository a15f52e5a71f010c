import type { Resolvers } from '../generated/graphql.ts';
import { decodeIdOf } from '../platform/ids.ts';

/** GraphQL in and out of seat maps. */
export const resolvers: Resolvers = {
  Query: {
    seatMap: (_root, { event }, { seatMaps, viewer }) => {
      const eventId = decodeIdOf('Event', event)?.id;
      return eventId === undefined ? null : seatMaps.read(viewer, eventId);
    },
    seatMapSince: (_root, { event, cursor }, { seatMaps, viewer }) => {
      const eventId = decodeIdOf('Event', event)?.id;
      return eventId === undefined ? null : seatMaps.since(viewer, eventId, cursor);
    },
  },
};
