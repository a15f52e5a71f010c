/**
 * Seat maps: the status of every place at an Event, as snapshots, as changes since a cursor, and live.
 *
 * Reading order: schema/seat-map.graphql → resolvers → seat-maps → open-seat-maps → board/board-reader → board/boards →
 * board/scripts/*.lua. Replication from the log to the boards: feed/replicate-tickets → feed/board-writer. Coalescing and
 * fan-out: live/channels → live/channel → live/live-map → live/map-source.
 */
export type { ChannelTimes } from './live/channel-times.ts';
export { lastTicketChange } from './board/last-ticket-change.ts';
export { replicateTickets } from './feed/replicate-tickets.ts';
export { openSeatMaps } from './open-seat-maps.ts';
export { resolvers, seatMapTag } from './resolvers.ts';
export {
  noSeatMap,
  type SeatMapChannel,
  type SeatMapSubscriber,
  type SeatMaps,
  type SeatMapUpdate,
} from './seat-maps.ts';
export type { SeatMapSnapshot } from './snapshot.ts';
