/**
 * Subscriptions, to many readers at once, over WebSocket and SSE. `docs/realtime-protocol.md` is what clients see.
 *
 * Reading order: resolvers → follow → distinct-queries → payload; websocket → websocket-connection →
 * websocket-protocol → websocket-operation; sse → sse-following → sse-connection; connections.
 */
export { CLOSE_CODES } from './close-codes.ts';
export { type CheckedOperation } from './subscription/shared-execution.ts';

export type { OperationRequest, Subscriber } from './subscription/subscriber.ts';
export { openRealtime } from './open-realtime.ts';
export { resolvers } from './resolvers.ts';
export { unconditionalRootField as rootFieldStays } from './subscription/root-field.ts';
