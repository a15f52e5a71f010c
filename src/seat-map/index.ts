/**
 * Who has which place at an Event, in brief.
 *
 * Reading order: schema/seat-map.graphql → resolvers → read-seat-map → store.
 */
export { readSeatMap, type SeatMapSnapshot } from './read-seat-map.ts';
export { resolvers } from './resolvers.ts';
