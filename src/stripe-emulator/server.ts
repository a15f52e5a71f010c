import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';

import { answer } from './answer.ts';
import type { Emulator } from './answer.ts';
import { ApiError } from './api-error.ts';
import { serveControl } from './control.ts';
import { openFaultInjector } from './faults.ts';
import { openIdempotency } from './idempotency.ts';
import { API_VERSION, randomName } from './objects.ts';
import { paymentIntentEndpoints } from './routes-payment-intents.ts';
import { recordEndpoints } from './routes-records.ts';
import { refundEndpoints } from './routes-refunds.ts';
import type { State } from './state.ts';
import { serveThreeDSecure } from './three-d-secure.ts';
import { openWebhooks } from './webhooks.ts';

const ENDPOINTS = [...paymentIntentEndpoints, ...refundEndpoints, ...recordEndpoints];

/** Begin to answer on `host`; returns the address. Events left undelivered by an earlier run are sent. */
export async function serveEmulator(
  stack: AsyncDisposableStack,
  options: {
    state: State;
    /** 127.0.0.1, unless it runs in a container of its own. */
    host: string;
    port: number;
    secretKey: string;
    webhookUrl: string | null;
    webhookSecret: string;
    /** Hears of the emulator's own mistakes; clients only see a 500. */
    report: (error: unknown) => void;
  },
): Promise<string> {
  const { state, host, port, secretKey, webhookUrl, webhookSecret, report } = options;
  let address = '';
  const emulator: Emulator = {
    state,
    webhooks: stack.use(openWebhooks({ state, url: webhookUrl, secret: webhookSecret })),
    trouble: openFaultInjector(),
    idempotency: openIdempotency(state),
    calls: new Map(),
    origin: () => address,
  };

  const server = Fastify({
    genReqId: () => `req_${randomName(14)}`,
    forceCloseConnections: true, // stalled requests would keep it open for ever
  });
  stack.defer(() => server.close());
  speakStripe(server, secretKey, report);
  server.addHook('onRequest', async (request) => {
    const { url } = request.routeOptions;
    if (!url?.startsWith('/v1/')) return;
    const line = `${request.method} ${url}`;
    emulator.calls.set(line, (emulator.calls.get(line) ?? 0) + 1);
  });
  for (const endpoint of ENDPOINTS) {
    server.route<{ Params: { id?: string } }>({
      method: endpoint.method,
      url: endpoint.url,
      handler: (request, reply) => answer(emulator, endpoint, request, reply),
    });
  }
  serveThreeDSecure(server, emulator);
  serveControl(server, emulator);

  address = await server.listen({ host, port });
  void emulator.webhooks.accept(state.undelivered());
  return address;
}

/** What every answer of Stripe's has in common: form bodies, keys, headers, and the shape of errors. */
function speakStripe(server: FastifyInstance, secretKey: string, report: (error: unknown) => void): void {
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
    if (!request.url.startsWith('/3ds/')) requireKey(request, secretKey);
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
    const message = status >= 500 ? 'The Stripe emulator has a bug; its output says more.' : error.message;
    return reply.code(status).send({ error: { type, message } });
  });
}

function requireKey({ headers: { authorization } }: FastifyRequest, secretKey: string): void {
  const given = keyIn(authorization);
  if (given !== null && sameText(given, secretKey)) return;
  const message =
    given === null
      ? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
      : `Invalid API Key provided: ${given.slice(0, 8)}${'*'.repeat(8)}${given.slice(-4)}`;
  throw new ApiError(401, { type: 'invalid_request_error', message });
}

function keyIn(authorization: string | undefined): string | null {
  const [, scheme, credentials] = /^(bearer|basic) +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (scheme === undefined || credentials === undefined) return null;
  if (scheme.toLowerCase() === 'bearer') return credentials;
  return Buffer.from(credentials, 'base64').toString().split(':', 1)[0] || null;
}

const sameText = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string) => createHash('sha256').update(text).digest();
