/**
 * Search for Events by term, place, date and price.
 *
 * Reading order: schema/search.graphql → resolvers → search-events → parse-query → search-engine →
 * postgres/postgres-engine → filters → match-term → rank → sort → misspellings.
 */
export { resolvers } from './resolvers.ts';
export type { EventSearchHit, EventSearchPage } from './search-events.ts';
export type { SearchEngine } from './search-engine.ts';
export { openPostgresSearch } from './postgres/postgres-engine.ts';
