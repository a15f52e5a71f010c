import type { FastifyInstance } from 'fastify';

import { addressKey } from '../../platform/rate-limit/address-key.ts';
import { rateLimited } from '../../platform/rate-limit/rate-limits.ts';
import { WindowCounter } from '../../platform/rate-limit/window-counter.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { receiveWebhook } from './receive-webhook.ts';

/** Events of Stripe are tens of kilobytes at most. */
const MAX_WEBHOOK_BYTES = 256 * 1_024;
/** Bodies that an address may have read and refused in a minute; a body that is being read counts as refused until it is not. */
const MAX_REFUSED_PER_MINUTE = 50;
const MAX_ADDRESSES = 10_000;

/**
 * Add `POST /webhooks/stripe`, in a Fastify scope with a raw body parser: the signature covers the bytes received, and a body
 * that is parsed and serialised again has others.
 *
 * Exempt from the rate limits of clients, as all deliveries come from the few addresses of Stripe. What is refused has a
 * limit of its own per address, applied before the body is read.
 */
export function addWebhookRoute(server: FastifyInstance, checkouts: Checkouts): void {
  const refused = new WindowCounter(60, MAX_ADDRESSES);

  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.route({
      method: 'POST',
      url: '/webhooks/stripe',
      bodyLimit: MAX_WEBHOOK_BYTES,
      config: { probe: true },
      async onRequest({ ip }, reply) {
        const { used, msLeft } = refused.use(addressKey(ip), 1);
        if (used <= MAX_REFUSED_PER_MINUTE) return;
        checkouts.platform.metrics.webhooks.inc({ result: 'limited' });
        reply.header('connection', 'close'); // or the body would still arrive
        throw rateLimited({
          what: 'refused webhooks from one address',
          allowed: false,
          limit: MAX_REFUSED_PER_MINUTE,
          remaining: 0,
          resetSeconds: Math.ceil(msLeft / 1_000),
        });
      },
      async onResponse({ ip }, { statusCode, raw }) {
        const isRefused = (statusCode >= 400 && statusCode < 500) || !raw.writableFinished; // or given up by the sender
        if (!isRefused) refused.use(addressKey(ip), -1);
      },
      async handler(request, reply) {
        const signature = request.headers['stripe-signature'];
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const received = await receiveWebhook(
          checkouts,
          body,
          Array.isArray(signature) ? undefined : signature,
        );
        return reply.code(received === 'refused' ? 400 : 200).send({ received });
      },
    });
  });
}
