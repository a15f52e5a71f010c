import type { EventRow } from '../catalog/index.ts';
import type { Context, Resolvers } from '../generated/graphql.ts';
import { eventFacetFields, facetFields, openFacets } from './facets/facet-resolvers.ts';
import { highlightEvent } from './highlights/highlight-event.ts';
import type { EventHit } from './search-engine.ts';
import { searchEvents, type EventSearchPage } from './search-events.ts';
import { suggest } from './suggest/suggest.ts';
import { suggestionTypes } from './suggest/suggestion-resolvers.ts';

export const resolvers: Resolvers = {
  Query: {
    searchEvents: async (_root, args, { searchEngines, loaders }) =>
      withoutWithdrawn(await searchEvents(searchEngines, args), loaders),
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
    highlights: async ({ node }, _args, context) =>
      highlightEvent(await eventOf(node, context), node.sought, context.loaders),
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

/** Indexes and caches lag: an Event that they have may be no longer there, or a draft. */
async function withoutWithdrawn(
  page: EventSearchPage,
  { event }: Context['loaders'],
): Promise<EventSearchPage> {
  const rows = await Promise.all(page.nodes.map(({ eventId }) => event.load(eventId)));
  const isPublic = rows.map((row) => row !== null && row.status !== 'DRAFT');
  if (!isPublic.includes(false)) return page;
  return {
    ...page,
    edges: page.edges.filter((_, at) => isPublic[at]),
    nodes: page.nodes.filter((_, at) => isPublic[at]),
  };
}

/** `withoutWithdrawn` has left those that load. */
const eventOf = async ({ eventId }: EventHit, { loaders }: Context): Promise<EventRow> =>
  (await loaders.event.load(eventId))!;
