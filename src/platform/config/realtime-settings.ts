import { z } from 'zod';

import { count, fraction } from './limits.ts';

/** Node runs timers of less than a millisecond as often as it can: a process would do nothing but ping. */
const MIN_INTERVAL_SECONDS = 0.05;

/** Variables of realtime connections, with their defaults. */
export const REALTIME_VARIABLES = z.object({
  LIMIT_SOCKETS_PER_ADDRESS: count.default(100),
  LIMIT_SUBSCRIPTIONS_PER_SOCKET: count.default(100),
  LIMIT_DOCUMENTS_PER_ADDRESS: count.default(20),
  LIMIT_DOCUMENTS_PER_EVENT: count.default(100),
  LIMIT_MESSAGES_PER_MINUTE: count.default(600),
  LIMIT_MESSAGE_BYTES: count.default(32_768),
  LIMIT_BUFFERED_BYTES: count.default(1_000_000),
  SOCKET_INIT_SECONDS: fraction(MIN_INTERVAL_SECONDS, 60).default(5),
  SOCKET_PING_SECONDS: fraction(MIN_INTERVAL_SECONDS, 300).default(25),
});

/** Limits and timeouts of realtime connections, for every transport. */
export interface RealtimeSettings {
  /** WebSockets and SSE streams together. */
  socketsPerAddress: number;
  subscriptionsPerSocket: number;
  /** Distinct documents of subscriptions; a change of an Event costs an execution for each. */
  documentsPerAddress: number;
  documentsPerEvent: number;
  /** Of a client's WebSocket, each started kilobyte of a message; a reconnect with 100 subscriptions is 101. */
  messagesPerMinute: number;
  /** Maximum size of a client's WebSocket message. */
  messageBytes: number;
  /** Send buffer size beyond which a connection is dropped as a slow consumer. */
  bufferedBytes: number;
  /** Timeout of `connection_init`. */
  initMs: number;
  /** Ping interval; a connection without a sign of life for two intervals is closed. */
  pingMs: number;
}

/** Convert the parsed variables; seconds become milliseconds. */
export const toRealtimeSettings = (env: z.infer<typeof REALTIME_VARIABLES>): RealtimeSettings => ({
  socketsPerAddress: env.LIMIT_SOCKETS_PER_ADDRESS,
  subscriptionsPerSocket: env.LIMIT_SUBSCRIPTIONS_PER_SOCKET,
  documentsPerAddress: env.LIMIT_DOCUMENTS_PER_ADDRESS,
  documentsPerEvent: env.LIMIT_DOCUMENTS_PER_EVENT,
  messagesPerMinute: env.LIMIT_MESSAGES_PER_MINUTE,
  messageBytes: env.LIMIT_MESSAGE_BYTES,
  bufferedBytes: env.LIMIT_BUFFERED_BYTES,
  initMs: env.SOCKET_INIT_SECONDS * 1_000,
  pingMs: env.SOCKET_PING_SECONDS * 1_000,
});
