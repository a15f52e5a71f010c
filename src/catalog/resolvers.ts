import type { Context, Resolvers } from '../generated/graphql.ts';
import { decodeIdOf, encodeId } from '../platform/ids.ts';
import type { EventRow } from './store.ts';
import { maySee } from './visibility.ts';

/** Fetch the catalogue's types by their ids. */
export const nodes = {
  Event: ({ id }: { id: string }, context: Context) => visibleEvent(id, context),
  Venue: ({ id }: { id: string }, { loaders }: Context) => loaders.venue.load(id),
  Performer: ({ id }: { id: string }, { loaders }: Context) => loaders.performer.load(id),
  SeatingPlan: ({ id }: { id: string }, { loaders }: Context) => loaders.seatingPlan.load(id),
};

/** GraphQL in and out of the catalogue. */
export const resolvers: Resolvers = {
  Query: {
    event: (_root, { id }, context) => {
      const eventId = decodeIdOf('Event', id)?.id;
      return eventId === undefined ? null : visibleEvent(eventId, context);
    },
  },
  Event: {
    id: ({ id }) => encodeId('Event', id),
  },
};

async function visibleEvent(id: string, { loaders, viewer }: Context): Promise<EventRow | null> {
  const event = await loaders.event.load(id);
  return event !== null && maySee(viewer, event) ? event : null;
}
