import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';

import { written } from './amounts.ts';
import { recordFacts } from './answer.ts';
import type { Emulator } from './answer.ts';
import { methodOf } from './call.ts';
import type { Call } from './call.ts';
import { settleAuthentication } from './settle.ts';
import { challengePage, messagePage } from './three-d-secure-page.ts';

/** The bank's page: what a buyer sees whose card wants 3-D Secure, with the two ways it can end. */
export function serveThreeDSecure(server: FastifyInstance, emulator: Emulator): void {
  const { state, webhooks } = emulator;
  const open = (): Call => ({
    state,
    origin: emulator.origin(),
    request: { id: null, idempotency_key: null }, // Stripe, too, names no request of the merchant's here
    facts: [],
  });

  server.get<{ Params: { intent: string } }>('/3ds/:intent', (request, reply) => {
    const intent = state.find('payment_intent', request.params.intent);
    reply.type('text/html');
    if (intent === null) return reply.code(404).send(messagePage('There is no such payment.'));
    if (intent.status !== 'requires_action')
      return messagePage('This payment does not wait for you any more.');
    const { card } = methodOf(open(), intent.payment_method);
    return challengePage({
      intent: intent.id,
      amount: written(intent.amount, intent.currency),
      description: intent.description,
      card: `${card.brand} ···· ${card.last4}`,
    });
  });

  server.post<{ Params: { intent: string } }>('/3ds/:intent', async (request, reply) => {
    const outcome = new URLSearchParams(String(request.body)).get('outcome');
    reply.type('text/html');
    if (outcome !== 'complete' && outcome !== 'fail') {
      return reply.code(400).send(messagePage('Choose "Complete" or "Fail".'));
    }
    const call = open();
    const settled = state.transaction(() => {
      const intent = state.find('payment_intent', request.params.intent);
      if (intent?.status !== 'requires_action') return null;
      const after = settleAuthentication(call, intent, outcome);
      recordFacts(state, webhooks, call.facts);
      return { after, returnUrl: intent.next_action?.redirect_to_url?.return_url ?? null };
    });
    if (settled === null) {
      return reply.code(409).send(messagePage('This payment does not wait for you any more.'));
    }
    void webhooks.accept(call.facts);
    if (settled.returnUrl !== null) return reply.redirect(backTo(settled.returnUrl, settled.after), 303);
    return messagePage(
      settled.after.status === 'requires_payment_method'
        ? 'The payment failed. You can go back to the shop and try another card.'
        : 'You are authenticated. You can go back to the shop.',
    );
  });
}

/** The merchant's page, told what happened in Stripe's parameters. */
function backTo(returnUrl: string, intent: Stripe.PaymentIntent): string {
  const url = new URL(returnUrl);
  url.searchParams.set('payment_intent', intent.id);
  url.searchParams.set('payment_intent_client_secret', intent.client_secret ?? '');
  url.searchParams.set(
    'redirect_status',
    intent.status === 'requires_payment_method' ? 'failed' : 'succeeded',
  );
  return url.href;
}
