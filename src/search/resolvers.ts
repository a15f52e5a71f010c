import type { EventRow } from '../catalog/index.ts';
import type { Context, Resolvers } from '../generated/graphql.ts';
import type { EventHit } from './search-engine.ts';
import { searchEvents } from './search-events.ts';

export const resolvers: Resolvers = {
  Query: {
    searchEvents: (_root, args, { searchEngine }) => searchEvents(searchEngine, args),
  },
  EventSearchConnection: {
    nodes: ({ nodes }, _args, context) => Promise.all(nodes.map((hit) => eventOf(hit, context))),
    totalCount: ({ countAll }) => countAll(),
  },
  EventSearchEdge: {
    node: ({ node }, _args, context) => eventOf(node, context),
    score: ({ node }) => node.score,
    matched: ({ node }) => node.matched,
    correctedTo: ({ node }) => node.correctedTo,
    distanceKm: ({ node }) => node.distanceKm,
  },
};

/** Events are never deleted, so every hit loads. */
const eventOf = async ({ eventId }: EventHit, { loaders }: Context): Promise<EventRow> =>
  (await loaders.event.load(eventId))!;
