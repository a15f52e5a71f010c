import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';

import { ApiError } from './api-error.ts';
import { addControlRoutes } from './control.ts';
import { openFaultInjector } from './faults.ts';
import { handleRequest } from './handle-request.ts';
import type { Emulator } from './handle-request.ts';
import { openIdempotency } from './idempotency.ts';
import { API_VERSION, randomId } from './objects.ts';
import { disputeEndpoints } from './routes-disputes.ts';
import { paymentIntentEndpoints } from './routes-payment-intents.ts';
import { recordEndpoints } from './routes-records.ts';
import { refundEndpoints } from './routes-refunds.ts';
import type { State } from './state.ts';
import { addThreeDSecureRoutes } from './three-d-secure.ts';
import { openWebhooks } from './webhooks.ts';

const ENDPOINTS = [...paymentIntentEndpoints, ...refundEndpoints, ...disputeEndpoints, ...recordEndpoints];

/** Listen on `host`; returns the base URL. Undelivered events of an earlier run are sent. */
export async function serveEmulator(
  stack: AsyncDisposableStack,
  options: {
    state: State;
    /** 127.0.0.1, or 0.0.0.0 in a container. */
    host: string;
    port: number;
    secretKey: string;
    webhookUrl: string | null;
    webhookSecret: string;
    /** Reports bugs of the emulator; clients get a 500. */
    report: (error: unknown) => void;
  },
): Promise<string> {
  const { state, host, port, secretKey, webhookUrl, webhookSecret, report } = options;
  let address = '';
  const emulator: Emulator = {
    state,
    webhooks: stack.use(openWebhooks({ state, url: webhookUrl, secret: webhookSecret })),
    faultInjector: openFaultInjector(),
    idempotency: openIdempotency(state),
    locked: new Set(),
    calls: new Map(),
    origin: () => address,
  };

  const server = Fastify({
    genReqId: () => `req_${randomId(14)}`,
    forceCloseConnections: true, // stalled requests would keep the server open
  });
  stack.defer(() => server.close());
  addStripeProtocol(server, secretKey, report);
  server.addHook('onRequest', async (request) => {
    const { url } = request.routeOptions;
    if (!url?.startsWith('/v1/')) return;
    const endpoint = `${request.method} ${url}`;
    emulator.calls.set(endpoint, (emulator.calls.get(endpoint) ?? 0) + 1);
  });
  for (const endpoint of ENDPOINTS) {
    server.route<{ Params: { id?: string } }>({
      method: endpoint.method,
      url: endpoint.url,
      handler: (request, reply) => handleRequest(emulator, endpoint, request, reply),
    });
  }
  addThreeDSecureRoutes(server, emulator);
  addControlRoutes(server, emulator);

  address = await server.listen({ host, port });
  void emulator.webhooks.accept(state.undelivered());
  return address;
}

/** Add what all endpoints share: form bodies, authentication, headers, and the shape of errors. */
function addStripeProtocol(
  server: FastifyInstance,
  secretKey: string,
  report: (error: unknown) => void,
): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  );
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'request-id': request.id,
      'stripe-version': request.headers['stripe-version'] ?? API_VERSION,
      'cache-control': 'no-cache, no-store',
    });
    if (!request.url.startsWith('/3ds/')) requireSecretKey(request, secretKey);
  });
  server.setNotFoundHandler((request) => {
    const path = request.url.split('?', 1)[0];
    throw new ApiError(404, {
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${request.method}: ${path}). Please see https://docs.stripe.com/ or we can help at https://support.stripe.com/.`,
    });
  });
  server.setErrorHandler((error: FastifyError | ApiError, _request, reply) => {
    if (error instanceof ApiError) {
      if (error.status === 401) reply.header('www-authenticate', 'Basic realm="Stripe"');
      return reply.code(error.status).send({ error: error.body });
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) report(error);
    const type = status >= 500 ? 'api_error' : 'invalid_request_error';
    const message = status >= 500 ? 'Internal error of the Stripe emulator; see its stderr.' : error.message;
    return reply.code(status).send({ error: { type, message } });
  });
}

function requireSecretKey({ headers: { authorization } }: FastifyRequest, secretKey: string): void {
  const given = secretKeyIn(authorization);
  if (given !== null && equalInConstantTime(given, secretKey)) return;
  const message =
    given === null
      ? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
      : `Invalid API Key provided: ${given.slice(0, 8)}${'*'.repeat(8)}${given.slice(-4)}`;
  throw new ApiError(401, { type: 'invalid_request_error', message });
}

function secretKeyIn(authorization: string | undefined): string | null {
  const [, scheme, credentials] = /^(bearer|basic) +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (scheme === undefined || credentials === undefined) return null;
  if (scheme.toLowerCase() === 'bearer') return credentials;
  return Buffer.from(credentials, 'base64').toString().split(':', 1)[0] || null;
}

const equalInConstantTime = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string) => createHash('sha256').update(text).digest();
