import type { FastifyInstance } from 'fastify';

import { Connections } from './connections.ts';
import { MessageLimits } from './message-limits.ts';
import { PUBLISHED_DOCUMENTS } from './published-documents.ts';
import type { TransportParts } from './realtime-parts.ts';
import { addSseRoute } from './sse/route.ts';
import { SharedExecutions } from './subscription/shared-executions.ts';
import { addWebSocketRoute } from './websocket/route.ts';

/** What the transports need from the application. */
export interface RealtimeParts extends Omit<TransportParts, 'connections' | 'executions' | 'messageLimits'> {
  /** An IPv6 /48 may have as many connections as so many addresses. */
  addressesPerNetwork: number;
  /** The sockets of an address may send as many messages as so many sockets. */
  viewersPerAddress: number;
}

/** Both transports of subscriptions. */
export interface Realtime {
  addRoutes(server: FastifyInstance): void;
  /** Ask all clients to reconnect elsewhere, and wait until they are gone or the grace period is over. */
  stop(): Promise<void>;
}

/** Create both transports for a schema; they serve once their routes are added to a server. */
export function openRealtime(dependencies: RealtimeParts): Realtime {
  const parts: TransportParts = {
    ...dependencies,
    connections: new Connections({
      maxPerAddress: dependencies.settings.socketsPerAddress,
      addressesPerNetwork: dependencies.addressesPerNetwork,
      pingMs: dependencies.settings.pingMs,
    }),
    messageLimits: new MessageLimits({ ...dependencies, ...dependencies.settings }),
    executions: new SharedExecutions(dependencies, {
      ...dependencies.settings,
      exemptDocuments: PUBLISHED_DOCUMENTS,
    }),
  };
  return {
    addRoutes(server) {
      addWebSocketRoute(server, parts);
      addSseRoute(server, parts);
    },
    stop: () => parts.connections.stop(),
  };
}
