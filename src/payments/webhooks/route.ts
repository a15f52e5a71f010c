import type { FastifyInstance } from 'fastify';

import type { Checkouts } from '../checkout/checkout-deps.ts';
import { receiveWebhook } from './receive-webhook.ts';

/** Events of Stripe are tens of kilobytes at most. */
const MAX_WEBHOOK_BYTES = 512 * 1_024;

/**
 * Add `POST /webhooks/stripe`, in a Fastify scope with a raw body parser: the signature covers the bytes received, and a body
 * that is parsed and serialised again has others.
 */
export function addWebhookRoute(server: FastifyInstance, checkouts: Checkouts): void {
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post(
      '/webhooks/stripe',
      { bodyLimit: MAX_WEBHOOK_BYTES, config: { probe: true } }, // exempt from rate limits: all come from the few addresses of Stripe
      async (request, reply) => {
        const signature = request.headers['stripe-signature'];
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const received = await receiveWebhook(
          checkouts,
          body,
          Array.isArray(signature) ? undefined : signature,
        );
        return reply.code(received === 'refused' ? 400 : 200).send({ received });
      },
    );
  });
}
