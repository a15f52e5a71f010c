import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';

import { formatAmount } from './amounts.ts';
import { paymentMethodOf } from './call.ts';
import type { Call } from './call.ts';
import { recordEvents } from './handle-request.ts';
import type { Emulator } from './handle-request.ts';
import { settleAuthentication } from './settle.ts';
import { challengePage, messagePage } from './three-d-secure-page.ts';

/** Add the 3-D Secure page of the bank, with a button for each result. */
export function addThreeDSecureRoutes(server: FastifyInstance, emulator: Emulator): void {
  const { state, webhooks } = emulator;
  const open = (): Call => ({
    state,
    origin: emulator.origin(),
    request: { id: null, idempotency_key: null }, // as at Stripe: no request of the merchant caused it
    events: [],
  });

  server.get<{ Params: { intent: string } }>('/3ds/:intent', (request, reply) => {
    const intent = state.find('payment_intent', request.params.intent);
    reply.type('text/html');
    if (intent === null) return reply.code(404).send(messagePage('Payment not found.'));
    if (intent.status !== 'requires_action')
      return messagePage('This payment no longer requires authentication.');
    const { card } = paymentMethodOf(open(), intent.payment_method);
    return challengePage({
      intent: intent.id,
      amount: formatAmount(intent.amount, intent.currency),
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
      recordEvents(state, webhooks, call.events);
      return { after, returnUrl: intent.next_action?.redirect_to_url?.return_url ?? null };
    });
    if (settled === null) {
      return reply.code(409).send(messagePage('This payment no longer requires authentication.'));
    }
    void webhooks.accept(call.events);
    if (settled.returnUrl !== null) return reply.redirect(redirectUrl(settled.returnUrl, settled.after), 303);
    return messagePage(
      settled.after.status === 'requires_payment_method'
        ? 'The payment failed. You can go back to the shop and try another card.'
        : 'You are authenticated. You can go back to the shop.',
    );
  });
}

/** The merchant's return URL, with the parameters that Stripe adds. */
function redirectUrl(returnUrl: string, intent: Stripe.PaymentIntent): string {
  const url = new URL(returnUrl);
  url.searchParams.set('payment_intent', intent.id);
  url.searchParams.set('payment_intent_client_secret', intent.client_secret ?? '');
  url.searchParams.set(
    'redirect_status',
    intent.status === 'requires_payment_method' ? 'failed' : 'succeeded',
  );
  return url.href;
}
