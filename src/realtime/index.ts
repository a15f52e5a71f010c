/**
 * GraphQL subscriptions with fan-out to many subscribers, over WebSocket and SSE; `docs/realtime-protocol.md` specifies both.
 *
 * Reading order: resolvers → subscription/subscription → subscription/operation-shape →
 * subscription/shared-executions → subscription/shared-execution → encoding/payload;
 * websocket/route → websocket/connection → websocket/session → websocket/operation; sse/route → sse/subscription →
 * sse/connection; connections (heartbeats, limits, shutdown).
 */
export { CLOSE_CODES } from './close-codes.ts';
export type { CheckedOperation } from './subscription/operation-shape.ts';

export type { OperationRequest, Subscriber } from './subscription/subscriber.ts';
export { openRealtime } from './open-realtime.ts';
export { resolvers } from './resolvers.ts';
export { SalesFeed } from './sales/sales-feed.ts';
export { unconditionalRootField } from './subscription/root-field.ts';
