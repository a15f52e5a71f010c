import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { handleProtocols, type Server } from 'graphql-ws';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';

import { CodedError } from '../platform/errors.ts';
import { CLOSE_CODES } from './close-codes.ts';
import { isAllowedOrigin } from './origins.ts';
import type { TransportParts } from './realtime-parts.ts';
import { WebSocketConnection } from './websocket-connection.ts';
import { speakGraphqlWs, type Speaker } from './websocket-protocol.ts';

/** Where clients connect, and where their request goes on once it is known to be an upgrade. */
const PUBLIC_PATH = '/graphql';
const ROUTE = '/graphql/websocket';
/** How long a client may take to answer a close; whoever does not read never will. */
const CLOSE_MS = 5_000;
/** A message of ours is one frame, and that of an honest client, too: cutting one into crumbs only costs us memory. */
const MOST_FRAGMENTS = 256;

/**
 * Serve GraphQL over WebSocket (`graphql-transport-ws`) at `/graphql`.
 *
 * An upgrade travels through the same hooks as any request: it is counted against its address, and it is known by the
 * address that a trusted proxy names. Refusals come as close codes, because browsers show nothing else to a page.
 */
export function addWebSocketRoute(server: FastifyInstance, parts: TransportParts): void {
  const options: ServerOptions & { closeTimeout: number; maxFragments: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false, // the same bytes for all are packed for none
    maxPayload: parts.settings.messageBytes,
    maxFragments: MOST_FRAGMENTS,
    closeTimeout: CLOSE_MS,
    handleProtocols,
  };
  const sockets = new WebSocketServer(options);
  const protocol = speakGraphqlWs(parts);
  const upgrades = new WeakMap<IncomingMessage, { socket: Socket; head: Buffer }>();

  server.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const [path, search] = (request.url ?? '').split('?', 2);
    if (path === PUBLIC_PATH) {
      request.url = ROUTE + (search === undefined ? '' : `?${search}`);
      upgrades.set(request, { socket, head });
    }
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.on('finish', () => socket.destroySoon()); // it was answered instead of upgraded
    server.routing(request, response);
  });

  server.route({
    method: 'GET',
    url: ROUTE,
    exposeHeadRoute: false,
    handler(request, reply) {
      const upgrade = upgrades.get(request.raw);
      if (upgrade === undefined) throw new CodedError('NOT_FOUND', 'There is nothing here.');
      reply.hijack();
      reply.raw.detachSocket(upgrade.socket);
      sockets.handleUpgrade(request.raw, upgrade.socket, upgrade.head, (socket) =>
        open(socket, upgrade.socket, request, parts, protocol),
      );
    },
  });
}

function open(
  socket: WebSocket,
  wire: Socket,
  { id, ip: address, headers }: FastifyRequest,
  parts: TransportParts,
  protocol: Server<Speaker>,
): void {
  const requestId = Buffer.from(id).toString(); // it is put together of many pieces, and kept for hours
  socket.on('error', (error) => parts.log.debug({ requestId, reason: error.message }, 'socket error'));
  const refuse = (reason: string, code: number, text: string) => {
    parts.metrics.realtimeRefusals.inc({ transport: 'websocket', reason });
    socket.close(code, text);
  };
  if (parts.connections.stopping) return refuse('restart', CLOSE_CODES.SERVICE_RESTART, 'Service restart');
  if (!isAllowedOrigin(parts.origins, headers.origin, headers.host)) {
    return refuse('origin', CLOSE_CODES.FORBIDDEN, 'Pages of this origin may not connect');
  }
  const place = parts.connections.admit(address);
  if (place === null) {
    return refuse('sockets', CLOSE_CODES.TRY_AGAIN_LATER, 'Too many connections from this address');
  }

  const connection = new WebSocketConnection(socket, wire, parts);
  const began = performance.now();
  place.watch(connection);
  parts.metrics.realtimeConnections.inc({ transport: 'websocket' });
  const closed = protocol.opened(connection, { connection, requestId, address, viewer: null });
  socket.once('close', (code, reason) => {
    place.leave();
    parts.metrics.realtimeConnections.dec({ transport: 'websocket' });
    parts.log.info(
      { requestId, code, seconds: Math.round((performance.now() - began) / 1_000) },
      'socket closed',
    );
    void closed(code, reason.toString());
  });
}
