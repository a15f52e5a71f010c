/**
 * The reference client, `onsale/client`: subscribes to seat maps over WebSocket or SSE, by `docs/realtime-protocol.md`.
 * It needs `fetch` and `WebSocket` only, and imports nothing of the server.
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
