import type { FastifyInstance, FastifyRequest } from 'fastify';

import { siteKey } from '../../platform/rate-limit/address-key.ts';
import { rateLimited } from '../../platform/rate-limit/rate-limits.ts';
import { WindowCounter } from '../../platform/rate-limit/window-counter.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { storeWebhook, verifyWebhook } from './receive-webhook.ts';

/** Events of Stripe are tens of kilobytes at most. */
const MAX_WEBHOOK_BYTES = 256 * 1_024;
/** Of an address. After these its deliveries are refused before the body is read. */
const MAX_REFUSED_PER_MINUTE = 50;
/** Bodies of an address that are read or verified at the same time: 50 MB. Deliveries that are being stored do not count. */
const MAX_UNVERIFIED_BODIES = 200;
const MAX_ADDRESSES = 10_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** Of a webhook: its signature has not been verified yet, or did not hold. */
    isUnverified?: boolean;
  }
}

/**
 * Add `POST /webhooks/stripe`, in a Fastify scope with a raw body parser: the signature covers the bytes received, and a body
 * that is parsed and serialised again has others.
 *
 * Exempt from the rate limits of clients, as all deliveries come from the few addresses of Stripe. What is refused has a
 * limit of its own per address, applied before the body is read.
 */
export function addWebhookRoute(server: FastifyInstance, checkouts: Checkouts): void {
  const refused = new WindowCounter(60, MAX_ADDRESSES);
  const unverified = new Map<string, number>(); // an address leaves with its last body

  function settle(request: FastifyRequest): void {
    if (!request.isUnverified) return;
    request.isUnverified = false;
    const key = siteKey(request.clientAddress);
    const rest = (unverified.get(key) ?? 1) - 1;
    if (rest === 0) unverified.delete(key);
    else unverified.set(key, rest);
  }

  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.route({
      method: 'POST',
      url: '/webhooks/stripe',
      bodyLimit: MAX_WEBHOOK_BYTES,
      config: { probe: true },
      async onRequest(request, reply) {
        const key = siteKey(request.clientAddress);
        const { used, msLeft } = refused.use(key, 0);
        const pending = unverified.get(key) ?? 0;
        if (used >= MAX_REFUSED_PER_MINUTE || pending >= MAX_UNVERIFIED_BODIES) {
          checkouts.platform.metrics.webhooks.inc({ result: 'limited' });
          reply.header('connection', 'close'); // or the body would still arrive
          throw rateLimited({
            what: 'refused webhooks from one address',
            allowed: false,
            limit: MAX_REFUSED_PER_MINUTE,
            remaining: 0,
            resetSeconds: Math.ceil(msLeft / 1_000),
          });
        }
        unverified.set(key, pending + 1);
        request.isUnverified = true;
        reply.raw.once('close', () => {
          if (request.isUnverified) refused.use(key, 1); // refused, too large, or given up by the sender
          settle(request);
        });
      },
      async handler(request, reply) {
        const signature = request.headers['stripe-signature'];
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const verified = verifyWebhook(checkouts, body, Array.isArray(signature) ? undefined : signature);
        if (verified === null) return reply.code(400).send({ received: 'refused' });
        settle(request);
        if (verified === 'ignored') return { received: verified };
        return { received: await storeWebhook(checkouts, verified.event) };
      },
    });
  });
}
