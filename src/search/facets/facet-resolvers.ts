import DataLoader from 'dataloader';

import type { EventFacetResolvers, EventFacetsResolvers } from '../../generated/graphql.ts';
import { encodeId } from '../../platform/ids.ts';
import type { FacetCount, FacetName } from '../search-engine.ts';
import { PRICE_BANDS } from './count-facets.ts';

/** Loads the facets that a request asks for, all of them together. */
export type FacetLoader = DataLoader<FacetName, FacetCount[]>;

/** Loader of the facets of one search. */
export const openFacets = (
  countFacets: (facets: readonly FacetName[]) => Promise<FacetCount[]>,
): FacetLoader =>
  new DataLoader(async (facets) => {
    const byFacet = Map.groupBy(await countFacets(facets), ({ facet }) => facet);
    return facets.map((facet) => byFacet.get(facet) ?? []);
  });

export const facetFields: EventFacetsResolvers = {
  categories: (facets) => facets.load('categories'),
  genres: (facets) => facets.load('genres'),
  cities: (facets) => facets.load('cities'),
  countries: (facets) => facets.load('countries'),
  venues: (facets) => facets.load('venues'),
  months: (facets) => facets.load('months'),
  prices: async (facets) => {
    const counts = new Map((await facets.load('prices')).map(({ value, count }) => [Number(value), count]));
    return PRICE_BANDS.flatMap(({ min, max }) => {
      const count = counts.get(min);
      return count === undefined ? [] : [{ min, max, count }];
    });
  },
  availability: async (facets) => {
    const counts = new Map((await facets.load('availability')).map(({ value, count }) => [value, count]));
    const of = (filter: string) => counts.get(filter) ?? 0;
    return { onSale: of('ON_SALE'), available: of('AVAILABLE'), accessible: of('ACCESSIBLE') };
  },
};

export const eventFacetFields: EventFacetResolvers = {
  id: ({ id }) => (id === null ? null : encodeId('Venue', id)),
  value: async ({ value, id }, _args, { loaders }) =>
    value ?? (id === null ? '' : ((await loaders.venue.load(id))?.name ?? '')),
};
