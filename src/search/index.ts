/**
 * Search for Events by term, place, date and price, and suggestions while a term is typed.
 *
 * Reading order: schema/search.graphql → resolvers → search-events → parse-query → parse-term → search-engine → two-passes →
 * matching/stages → text-match → clause-matches → clause-weights → ranking → postgres/postgres-engine → find-hits →
 * text-conditions → score → filters → sort → misspellings.
 * The index: documents/read-documents → indexing/index-catalogue → indexing-session → document-writer → rebuild → check-index.
 */
export { resolvers } from './resolvers.ts';
export type { FacetLoader } from './facets/facet-resolvers.ts';
export type { FacetCount } from './search-engine.ts';
export type { HighlightedSuggestion } from './suggest/suggest.ts';
export { refreshSuggestions, SuggestionRefresher } from './suggest/refresh-suggestions.ts';
export type { EventSearchHit, EventSearchPage } from './search-events.ts';
export type { DatesPart, Part, PlacePart, PricePart } from './understanding/parts.ts';
export { onlyEngine, withoutCaches, type SearchEngines } from './search-engines.ts';
export { openSearchEngines, type ElasticsearchLocation } from './open-search-engines.ts';
export { openPostgresBrowse, openPostgresSearch } from './postgres/postgres-engine.ts';
export { checkIndex } from './indexing/check-index.ts';
export { listDeadLetters } from './indexing/dead-letters.ts';
export { EventIndices } from './indexing/event-indices.ts';
export { openElasticsearchClient } from './elasticsearch/client.ts';
export { indexCatalogue, watchSearchSlot } from './indexing/index-catalogue.ts';
export type { IndexingParts } from './indexing/indexing-parts.ts';
export { rebuildIndex } from './indexing/rebuild-index.ts';
