/**
 * Events, Venues, Performers and SeatingPlans: what there is to see, and where.
 *
 * Reading order: schema/catalog.graphql → tables → store.
 */
export { eventPerformers, events, performers, priceTiers, seatingPlans, venues } from './tables.ts';
