import type { Server } from 'node:http';

import type { Platform } from '../index.ts';

/** Closing idle connections visits all. */
const CLOSE_IDLE_INTERVAL_MS = 1_000;

/**
 * Limit the TCP connections of a server, WebSockets included. Beyond that new ones are dropped without an answer, and those
 * without a request in flight are closed to make room.
 */
export function limitConnections(
  server: Server,
  maxConnections: number,
  { log, metrics }: Pick<Platform, 'log' | 'metrics'>,
): void {
  let closedIdleAt = -Infinity;
  server.maxConnections = maxConnections;
  server.on('drop', () => {
    metrics.droppedConnections.inc();
    log.warn({ maxConnections }, 'connection dropped: LIMIT_CONNECTIONS is reached');
    if (performance.now() - closedIdleAt < CLOSE_IDLE_INTERVAL_MS) return;
    closedIdleAt = performance.now();
    server.closeIdleConnections();
  });
}
