import type { Context, Resolvers } from '../generated/graphql.ts';
import { decodeIdOf, encodeId } from '../platform/ids.ts';
import { recordDependency } from './catalog-changes.ts';
import {
  eventFields,
  eventQueries,
  loadVisibleEvent,
  resolveUpcomingEvents,
} from './event/event-resolvers.ts';
import { mutations } from './mutation-resolvers.ts';
import { seatingPlanFields, sectionFields } from './plan/seating-plan-resolvers.ts';

/** Node lookups by type name, for `node(id:)`. */
export const nodes = {
  Event: ({ id }: { id: string }, context: Context) => loadVisibleEvent(id, context),
  Venue: ({ id }: { id: string }, { loaders }: Context) => loaders.venue.load(id),
  Performer: ({ id }: { id: string }, { loaders }: Context) => loaders.performer.load(id),
  SeatingPlan: ({ id }: { id: string }, { loaders }: Context) => loaders.seatingPlan.load(id),
};

/** Resolvers of `schema/catalog.graphql`. */
export const resolvers: Resolvers = {
  Query: {
    ...eventQueries,
    venue: (_root, { id }, { loaders }) => {
      const venueId = decodeIdOf('Venue', id)?.id;
      return venueId === undefined ? null : loaders.venue.load(venueId);
    },
    performer: (_root, { id }, { loaders }) => {
      const performerId = decodeIdOf('Performer', id)?.id;
      return performerId === undefined ? null : loaders.performer.load(performerId);
    },
  },
  Mutation: mutations,
  Event: { ...eventFields, __isTypeOf: recordDependency('Event') },
  PriceTier: {
    price: ({ amount, currency }) => ({ amount, currency }),
  },
  Venue: {
    __isTypeOf: recordDependency('Venue'),
    id: ({ id }) => encodeId('Venue', id),
    location: ({ latitude, longitude }) =>
      latitude === null || longitude === null ? null : { latitude, longitude },
    seatingPlans: ({ id }, _args, { loaders }) => loaders.newestSeatingPlans.load(id),
    events: ({ id }, args, context, info) => resolveUpcomingEvents('Venue', id, args, context, info),
  },
  Performer: {
    __isTypeOf: recordDependency('Performer'),
    id: ({ id }) => encodeId('Performer', id),
    events: ({ id }, args, context, info) => resolveUpcomingEvents('Performer', id, args, context, info),
  },
  SeatingPlan: seatingPlanFields,
  Section: sectionFields,
};
