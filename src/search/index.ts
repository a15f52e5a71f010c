/**
 * Finding Events by what people type, where they are, and what they would pay.
 *
 * Reading order: schema/search.graphql → resolvers → search-events → event-query → engine → postgres.
 */
export { resolvers } from './resolvers.ts';
export type { EventSearchHit, EventSearchPage } from './search-events.ts';
