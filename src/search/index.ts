/**
 * Search for Events by term, place, date and price.
 *
 * Reading order: schema/search.graphql → resolvers → search-events → event-query → engine → postgres/engine →
 * postgres/term → postgres/misspellings.
 */
export { resolvers } from './resolvers.ts';
export type { EventSearchHit, EventSearchPage } from './search-events.ts';
export type { SearchEngine } from './engine.ts';
export { openPostgresSearch } from './postgres/engine.ts';
