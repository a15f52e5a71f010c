import type { FastifyInstance } from 'fastify';

import type { Checkouts } from '../checkout/checkout-deps.ts';
import { receiveWebhook } from './receive-webhook.ts';

/** Stripe's largest events are some tens of kilobytes. */
const MAX_WEBHOOK_BYTES = 512 * 1_024;

/**
 * Take Stripe's webhooks at `POST /webhooks/stripe`. The route is in a scope of its own, because its body is taken as
 * the bytes that came: the signature is over those, and a body that was parsed and written again has others.
 */
export function addWebhookRoute(server: FastifyInstance, checkouts: Checkouts): void {
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post(
      '/webhooks/stripe',
      { bodyLimit: MAX_WEBHOOK_BYTES, config: { probe: true } }, // all of them come from Stripe's few addresses
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
