import type { FastifyInstance } from 'fastify';

import { Connections } from './connections.ts';
import type { TransportParts } from './realtime-parts.ts';
import { addSseRoute } from './sse/route.ts';
import { SharedExecutions } from './subscription/shared-execution.ts';
import { addWebSocketRoute } from './websocket/route.ts';

/** What the transports are made of, given from outside. */
export type RealtimeParts = Omit<TransportParts, 'connections' | 'executions'>;

/** Both transports. */
export interface Realtime {
  addRoutes(server: FastifyInstance): void;
  /** Tell every client to come back elsewhere, and wait until they have gone. */
  stop(): Promise<void>;
}

/** Open both transports over the schema. */
export function openRealtime(given: RealtimeParts): Realtime {
  const parts: TransportParts = {
    ...given,
    connections: new Connections({
      maxPerAddress: given.settings.socketsPerAddress,
      pingMs: given.settings.pingMs,
    }),
    executions: new SharedExecutions(given),
  };
  return {
    addRoutes(server) {
      addWebSocketRoute(server, parts);
      addSseRoute(server, parts);
    },
    stop: () => parts.connections.stop(),
  };
}
