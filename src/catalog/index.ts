/**
 * Events, Venues, Performers and SeatingPlans: what there is to see, and where.
 *
 * Reading order: schema/catalog.graphql → resolvers → tables → store.
 */
export { nodes, resolvers } from './resolvers.ts';
export { publishCatalogChanges, eventIdsIn, subscribeToCatalogChanges } from './catalog-changes.ts';
export { eventNotChangeable, eventNotFound } from './outcomes.ts';
export { openCatalogLoaders, type CatalogLoaders } from './loaders.ts';
export { rebuildVocabulary, refreshSearchText } from './store/search-text.ts';
export {
  findEvent,
  findSeatingPlan,
  lockEvent,
  markOnSale,
  readPriceTiers,
  type EventRow,
  type PerformerRow,
  type PricedTier,
  type SeatingPlanHead,
  type SeatingPlanRow,
  type VenueRow,
} from './store/reads.ts';
export { events, priceTiers, seatingPlans, venues } from './tables.ts';
export { maySee } from './visibility.ts';
