import type { Resolvers } from '../generated/graphql.ts';
import { decodeIdOf } from '../platform/ids.ts';
import { readSeatMap } from './read-seat-map.ts';

/** GraphQL in and out of seat maps. */
export const resolvers: Resolvers = {
  Query: {
    seatMap: (_root, { event }, { platform, viewer }) => {
      const eventId = decodeIdOf('Event', event)?.id;
      return eventId === undefined ? null : readSeatMap(platform, viewer, eventId);
    },
  },
};
