/**
 * The reference client, `onsale/client`: subscribes to seat maps and queues over WebSocket or SSE, by `docs/realtime-protocol.md`.
 * It needs `fetch` and `WebSocket` only, and imports nothing of the server.
 *
 * Reading order: follow-seat-map → seat-map-state → follow-queue → follow → over-websocket, over-sse → backoff → errors.
 */
export { ConnectionLost, FollowRefused, type ServerError } from './errors.ts';
export { followQueue, type FollowQueueOptions, type QueuePosition } from './follow-queue.ts';
export { followSeatMap } from './follow-seat-map.ts';
export { type FollowOptions, type TransportName } from './follow.ts';
export {
  QUEUE_POSITION,
  SEAT_MAP_CHANGED,
  type QueuePositionMessage,
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
