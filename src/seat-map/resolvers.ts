import type { Resolvers } from '../generated/graphql.ts';
import { decodeIdOf } from '../platform/ids.ts';

/** Cache tag of every response that contains the seat map of an Event. */
export const seatMapTag = (eventId: string): string => `SeatMap:${eventId}`;

/** GraphQL resolvers of seat maps. */
export const resolvers: Resolvers = {
  SeatMap: {
    __isTypeOf: ({ event }, { cacheability, seatMaps }) => {
      cacheability.tags.add(seatMapTag(event.id));
      cacheability.isUntracked ||= !seatMaps.hasChannel(event.id);
      return true;
    },
  },
  Query: {
    seatMap: (_root, { event }, { seatMaps, viewer }) => {
      const eventId = decodeIdOf('Event', event)?.id;
      return eventId === undefined ? null : seatMaps.read(viewer, eventId);
    },
    seatMapSince: (_root, { event, cursor }, { seatMaps, viewer }) => {
      const eventId = decodeIdOf('Event', event)?.id;
      return eventId === undefined ? null : seatMaps.readSince(viewer, eventId, cursor);
    },
  },
};
