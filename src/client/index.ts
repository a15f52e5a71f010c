/**
 * The reference client, `onsale/client`: follows seat maps over either transport, by `docs/realtime-protocol.md`.
 * It needs nothing but `fetch` and `WebSocket`, and imports nothing of the server.
 *
 * Reading order: follow-seat-map → seat-map-state → over-websocket, over-sse → backoff → errors.
 */
export { ConnectionLost, FollowRefused, type ServerError } from './errors.ts';
export { followSeatMap, type FollowOptions, type TransportName } from './follow-seat-map.ts';
export {
  SEAT_MAP_CHANGED,
  type SeatMapDeltaMessage,
  type SeatMapMessage,
  type SeatMapUpdateMessage,
} from './messages.ts';
export {
  SeatMapKeeper,
  type Applied,
  type PlaceStatus,
  type SeatMapState,
  type SectionState,
} from './seat-map-state.ts';
