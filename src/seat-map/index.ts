/**
 * Who has which place at an Event, in brief.
 *
 * Reading order: schema/seat-map.graphql → read-seat-map → store.
 */
export type { SeatMapSnapshot } from './read-seat-map.ts';
