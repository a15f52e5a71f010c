import type { Resolvers } from '../generated/graphql.ts';
import { decodeIdOf } from '../platform/ids.ts';
import { requirePlacesShown } from '../waiting-room/index.ts';

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
  Event: {
    tierAvailability: ({ id }, _args, { seatMaps }) => seatMaps.readTiers(id),
  },
  Query: {
    seatMap: async (_root, { event }, context, info) => {
      const eventId = decodeIdOf('Event', event)?.id;
      if (eventId === undefined) return null;
      await requirePlacesShown(context, eventId, info);
      return context.seatMaps.read(context.viewer, eventId);
    },
    seatMapSince: async (_root, { event, cursor }, context, info) => {
      const eventId = decodeIdOf('Event', event)?.id;
      if (eventId === undefined) return null;
      await requirePlacesShown(context, eventId, info);
      return context.seatMaps.readSince(context.viewer, eventId, cursor);
    },
  },
};
