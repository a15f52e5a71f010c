import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, handleProtocols } from 'graphql-ws';
import { WebSocketServer, type ServerOptions } from 'ws';

import { CodedError } from '../../platform/errors.ts';
import { addressKey } from '../../platform/rate-limit/address-key.ts';
import { CLOSE_CODES } from '../close-codes.ts';
import { isAllowedOrigin } from '../origins.ts';
import type { TransportParts } from '../realtime-parts.ts';
import { WebSocketConnection } from './connection.ts';
import { WebSocketSession } from './session.ts';

/** Path that clients connect to, and the internal route that their upgrades are dispatched to. */
const PUBLIC_PATH = '/graphql';
const INTERNAL_PATH = '/graphql/websocket';
/** Grace for the close handshake; slow consumers never read the close frame. */
const CLOSE_TIMEOUT_MS = 5_000;
/** Clients send messages unfragmented; each further fragment costs memory until the message is complete. */
const MAX_FRAGMENTS = 256;

/**
 * Serve GraphQL over WebSocket (`graphql-transport-ws`) at `/graphql`.
 *
 * Upgrades run through Fastify's hooks, for rate limits and for the address named by a trusted proxy. Refusals are close
 * codes, as browsers hide the status of a failed upgrade from a page.
 */
export function addWebSocketRoute(server: FastifyInstance, parts: TransportParts): void {
  const options: ServerOptions<typeof WebSocketConnection> & { closeTimeout: number; maxFragments: number } =
    {
      WebSocket: WebSocketConnection,
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false, // a frame is shared by all sockets, compression is per socket
      maxPayload: parts.settings.messageBytes,
      maxFragments: MAX_FRAGMENTS,
      closeTimeout: CLOSE_TIMEOUT_MS,
      handleProtocols,
    };
  const sockets = new WebSocketServer(options);
  const upgrades = new WeakMap<IncomingMessage, { socket: Socket; head: Buffer }>();

  server.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', destroy);
    const [path, search] = (request.url ?? '').split('?', 2);
    if (path === PUBLIC_PATH) {
      request.url = INTERNAL_PATH + (search === undefined ? '' : `?${search}`);
      upgrades.set(request, { socket, head });
    }
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.on('finish', () => socket.destroySoon()); // answered instead of upgraded
    server.routing(request, response);
  });

  server.route({
    method: 'GET',
    url: INTERNAL_PATH,
    exposeHeadRoute: false,
    handler(request, reply) {
      const upgrade = upgrades.get(request.raw);
      if (upgrade === undefined)
        throw new CodedError('NOT_FOUND', 'There is no route for this path and method.');
      reply.hijack();
      reply.raw.detachSocket(upgrade.socket);
      sockets.handleUpgrade(request.raw, upgrade.socket, upgrade.head, (socket) => {
        upgrade.socket.off('error', destroy); // `ws` has its own listener now
        openConnection(socket, upgrade.socket, request, parts);
      });
    },
  });
}

function openConnection(
  socket: WebSocketConnection,
  rawSocket: Socket,
  { id, clientAddress: address, headers }: FastifyRequest,
  parts: TransportParts,
): void {
  const requestId = Buffer.from(id).toString(); // a concatenated string would retain its parts
  socket.attach({ requestId, addressKey: addressKey(address) }, parts);
  const count = (reason: string) => parts.metrics.realtimeRefusals.inc({ transport: 'websocket', reason });
  const refuse = (reason: string, code: number, text: string) => {
    count(reason);
    socket.close(code, text);
  };
  if (parts.connections.stopping) {
    count('restart');
    return socket.restart(parts.connections.retryAfterMs);
  }
  if (!isAllowedOrigin(parts.origins, headers.origin, headers.host)) {
    return refuse('origin', CLOSE_CODES.FORBIDDEN, 'Pages of this origin may not connect');
  }
  if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
    return refuse('subprotocol', CLOSE_CODES.SUBPROTOCOL_NOT_ACCEPTABLE, 'Subprotocol not acceptable');
  }
  const slot = parts.connections.acquireSlot(address);
  if (slot === null) {
    const { limit, of } = parts.connections.limitOf(address);
    return refuse('sockets', CLOSE_CODES.TRY_AGAIN_LATER, `At most ${limit} connections from ${of}`);
  }
  socket.accept({
    session: new WebSocketSession(socket, { address, requestId }, parts),
    slot,
    rawSocket,
  });
}

function destroy(this: Socket): void {
  this.destroy();
}
