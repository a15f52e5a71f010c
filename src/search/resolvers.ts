import type { EventRow } from '../catalog/index.ts';
import type { Context, Resolvers } from '../generated/graphql.ts';
import { eventFacetFields, facetFields, openFacets } from './facets/facet-resolvers.ts';
import type { EventHit } from './search-engine.ts';
import { searchEvents } from './search-events.ts';
import { suggest } from './suggest/suggest.ts';
import { suggestionTypes } from './suggest/suggestion-resolvers.ts';

export const resolvers: Resolvers = {
  Query: {
    searchEvents: (_root, args, { searchEngines }) => searchEvents(searchEngines, args),
    suggest: (_root, args, { searchEngines }) => suggest(searchEngines.browse, args),
  },
  EventSearchConnection: {
    nodes: ({ nodes }, _args, context) => Promise.all(nodes.map((hit) => eventOf(hit, context))),
    totalCount: ({ countAll }) => countAll(),
    degraded: ({ isDegraded }) => isDegraded,
    facets: ({ countFacets }) => openFacets(countFacets),
  },
  EventFacets: facetFields,
  EventFacet: eventFacetFields,
  ...suggestionTypes,
  EventSearchEdge: {
    node: ({ node }, _args, context) => eventOf(node, context),
    score: ({ node }) => node.score,
    matched: ({ node }) => node.matched,
    correctedTo: ({ node }) => node.correctedTo,
    distanceKm: ({ node }) => node.distanceKm,
  },
  Understood: {
    __resolveType: ({ meaning }) => UNDERSTOOD_TYPES[meaning.kind],
  },
  UnderstoodDates: {
    from: ({ meaning }) => meaning.days.from,
    fromHour: ({ meaning }) => meaning.days.fromHour ?? 0,
    to: ({ meaning }) => meaning.days.to,
  },
  UnderstoodPrice: {
    currency: ({ meaning }) => meaning.price.currency,
    min: ({ meaning }) => meaning.price.min,
    max: ({ meaning }) => meaning.price.max,
  },
  UnderstoodPlace: {
    city: ({ meaning: { place } }) => (place !== 'HERE' && 'city' in place ? place.city : null),
    country: ({ meaning: { place } }) => (place !== 'HERE' && 'country' in place ? place.country : null),
    isNearViewer: ({ meaning: { place } }) => place === 'HERE',
  },
};

const UNDERSTOOD_TYPES = {
  DATES: 'UnderstoodDates',
  PRICE: 'UnderstoodPrice',
  PLACE: 'UnderstoodPlace',
} as const;

/** Events are never deleted, so every hit loads. */
const eventOf = async ({ eventId }: EventHit, { loaders }: Context): Promise<EventRow> =>
  (await loaders.event.load(eventId))!;
