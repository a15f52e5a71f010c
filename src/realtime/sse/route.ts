import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { CodedError } from '../../platform/errors.ts';
import { applyAllowance, authenticate, requesterOf } from '../../platform/http/rate-limit.ts';
import { ADMISSION_HEADER, readPasses } from '../../waiting-room/index.ts';
import type { LiveConnection } from '../connections.ts';
import { isAllowedOrigin } from '../origins.ts';
import type { TransportParts } from '../realtime-parts.ts';
import { resolveTarget } from '../subscription/subscription.ts';
import { SseConnection } from './connection.ts';
import { readOperation } from './request.ts';
import { SseSubscription } from './subscription.ts';

/** By then one of the address's other streams may have ended. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Serve GraphQL over SSE at `/graphql/stream`: the distinct connections mode of `graphql-sse`, one stream per operation.
 * Invalid requests are answered by a status; GraphQL errors come as an event, as browsers hide all else from a page.
 */
export function addSseRoute(server: FastifyInstance, parts: TransportParts): void {
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql/stream',
    exposeHeadRoute: false,
    config: { countsRequests: true },
    async onRequest(request, reply) {
      request.viewer = await authenticate(request, reply, parts);
      applyAllowance(await parts.rateLimits.request(requesterOf(request)), request, reply);
      requireEventStreamClient(request, parts); // refusals count, too
    },
    async handler(request, reply) {
      const operation = readOperation(request);
      const passes = readPasses(request.headers[ADMISSION_HEADER]);
      const connection = open(request, reply, parts);
      if (request.viewer !== null) parts.connections.expireAt(connection, request.viewer.endsAt);
      const resumeAfter = request.headers['last-event-id'];
      const subscriber = {
        viewer: request.viewer,
        address: request.clientAddress,
        passes,
        requestId: request.id,
      };
      const subscription = new SseSubscription(connection, parts, subscriber);
      connection.onClose(() => subscription.stop());
      const target = await resolveTarget(
        parts,
        operation,
        subscriber,
        request.allowance,
        typeof resumeAfter === 'string' && resumeAfter !== '' ? resumeAfter : undefined,
      ).catch((error: unknown) => {
        connection.destroy();
        throw error;
      });
      if ('channel' in target) subscription.start(target);
      else subscription.sendErrors(target);
    },
  });
}

function reject(parts: TransportParts, reason: string, error: CodedError): never {
  parts.metrics.realtimeRefusals.inc({ transport: 'sse', reason });
  throw error;
}

function requireNotStopping(parts: TransportParts): void {
  if (!parts.connections.stopping) return;
  const retryAfterSeconds = Math.ceil(parts.connections.retryAfterMs / 1_000);
  reject(
    parts,
    'restart',
    new CodedError('SERVICE_UNAVAILABLE', 'The server restarts.', { retryAfterSeconds }),
  );
}

function requireEventStreamClient({ headers }: FastifyRequest, parts: TransportParts): void {
  requireNotStopping(parts);
  if (!isAllowedOrigin(parts.origins, headers.origin, headers.host)) {
    const advice = 'Have the origin added to CORS_ORIGINS.'; // a token would not help
    reject(parts, 'origin', new CodedError('FORBIDDEN', 'Pages of this origin may not connect.', { advice }));
  }
  if (!/text\/event-stream|text\/\*|\*\/\*/i.test(headers.accept ?? '*/*')) {
    reject(
      parts,
      'accept',
      new CodedError('INVALID_REQUEST', 'Send `accept: text/event-stream`: this route serves nothing else.'),
    );
  }
}

/** Acquire a connection slot, and take the response over from Fastify. */
function open(request: FastifyRequest, reply: FastifyReply, parts: TransportParts): SseConnection {
  requireNotStopping(parts); // checked again: a stream opened after `stop()` would never be ended
  const slot = parts.connections.acquireSlot(request.clientAddress);
  if (slot === null) {
    const { limit, of } = parts.connections.limitOf(request.clientAddress);
    const retry = { limit, retryAfterSeconds: RETRY_AFTER_SECONDS };
    reject(
      parts,
      'sockets',
      new CodedError('RATE_LIMITED', `At most ${limit} connections from ${of}.`, retry),
    );
  }
  reply.hijack();
  const connection = new SseConnection(reply.raw, parts);
  slot.attach(connection satisfies LiveConnection);
  parts.metrics.realtimeConnections.inc({ transport: 'sse' });
  connection.onClose(() => {
    slot.release();
    parts.metrics.realtimeConnections.dec({ transport: 'sse' });
  });
  connection.begin(reply.getHeaders() as OutgoingHttpHeaders);
  return connection;
}
