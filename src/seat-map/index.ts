/**
 * Who has which place at an Event, in brief: as it is, since some moment, and from now on.
 *
 * Reading order: schema/seat-map.graphql → resolvers → seat-maps → open-seat-maps → board-reader → boards → scripts/*.lua.
 * What keeps the boards in step: follow-tickets. What followers are told: channel → live-map → map-source.
 */
export type { ChannelTimes } from './live/channel-times.ts';
export { replicateTickets } from './feed/replicate-tickets.ts';
export { openSeatMaps } from './open-seat-maps.ts';
export { resolvers, seatMapTag } from './resolvers.ts';
export { noSeatMap, type SeatMapSubscriber, type SeatMaps, type SeatMapUpdate } from './seat-maps.ts';
export type { SeatMapSnapshot } from './snapshot.ts';
