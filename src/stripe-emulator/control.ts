/**
 * The control API for tests and demos: JSON under `/_emulator`, with the secret key. It injects faults, and reads and changes
 * what Stripe keeps to itself.
 */
import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';
import { z } from 'zod';

import { invalidParameter, resourceMissing } from './api-error.ts';
import type { Call } from './call.ts';
import { chargeOf } from './change-payment-intent.ts';
import { endDispute, openDispute } from './disputes.ts';
import { recordEvents } from './handle-request.ts';
import type { Emulator } from './handle-request.ts';
import { settleProcessing, settleRefund } from './settle.ts';
import type { Delivery, WebhookBehaviour } from './webhooks.ts';

/** All payments, newest first. */
export interface PaymentsReport {
  payment_intents: Stripe.PaymentIntent[];
  charges: Stripe.Charge[];
  refunds: Stripe.Refund[];
  disputes: Stripe.Dispute[];
}

/** Delivery behaviour, held events, and all delivery attempts. */
export interface WebhooksReport {
  behaviour: WebhookBehaviour;
  held: { id: string; type: string }[];
  deliveries: Delivery[];
}

const Behaviour = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .optional(),
  mode: z.enum(['deliver', 'hold', 'drop']).optional(),
  copies: z.int().min(1).max(100).optional(),
  types: z.array(z.string()).nullable().optional(),
  retryDelaysMs: z.array(z.int().min(0)).optional(),
});

const FaultToAdd = z
  .strictObject({
    path: z.string(),
    method: z.enum(['GET', 'POST']).optional(),
    times: z.int().min(1).default(1),
    when: z.enum(['before', 'after']).default('before'),
    kind: z.enum(['error', 'drop', 'delay', 'hold']),
    status: z.int().min(400).max(599).optional(),
    code: z.string().optional(),
    stored: z.boolean().optional(),
    delayMs: z.int().min(0).optional(),
  })
  .refine(({ stored, kind, when }) => !stored || (kind === 'error' && when === 'before'), {
    path: ['stored'],
    message: 'is of errors before the endpoint',
  });

/** A fault to inject; by default `times` is 1 and `when` is `before`. */
export type FaultRequest = z.input<typeof FaultToAdd>;

const Release = z.strictObject({ events: z.array(z.string()).optional() });
const ReleaseStalled = z.strictObject({ id: z.string().optional() });
const Settle = z.strictObject({ outcome: z.enum(['succeeded', 'failed']) });
const SettlePayment = z.strictObject({ outcome: z.enum(['succeeded', 'failed', 'requires_action']) });
const OpenDispute = z.strictObject({
  reason: z.string().default('fraudulent'),
  amount: z.int().min(1).optional(),
  inquiry: z.boolean().default(false),
});
const EndDispute = z.strictObject({ outcome: z.enum(['won', 'lost']) });

/** Add the routes of the control API. */
export function addControlRoutes(server: FastifyInstance, emulator: Emulator): void {
  const { state, webhooks, faultInjector, calls } = emulator;

  server.get('/_emulator/calls', () => Object.fromEntries(calls));
  server.delete('/_emulator/calls', () => {
    calls.clear();
    return {};
  });

  server.get('/_emulator/payments', (): PaymentsReport => ({
    payment_intents: state.list('payment_intent'),
    charges: state.list('charge'),
    refunds: state.list('refund'),
    disputes: state.list('dispute'),
  }));

  server.get('/_emulator/webhooks', (): WebhooksReport => ({
    behaviour: webhooks.behaviour,
    held: webhooks.held.map(({ id, type }) => ({ id, type })),
    deliveries: webhooks.deliveries,
  }));
  server.post('/_emulator/webhooks', (request) => {
    const change = Object.entries(read(Behaviour, request.body)).filter(([, value]) => value !== undefined);
    webhooks.behaviour = { ...webhooks.behaviour, ...Object.fromEntries(change) };
    return webhooks.behaviour;
  });
  server.post('/_emulator/webhooks/release', async (request) => {
    await webhooks.release(read(Release, request.body).events);
    return {};
  });
  server.post('/_emulator/webhooks/settled', async () => {
    await webhooks.settled();
    return {};
  });
  server.post<{ Params: { id: string } }>('/_emulator/events/:id/redeliver', (request) => {
    const event = state.find('event', request.params.id);
    if (event === null) throw resourceMissing('event', request.params.id, 'id', 404);
    return webhooks.redeliver(event);
  });

  server.get('/_emulator/stalled', () => faultInjector.stalled);
  server.post('/_emulator/stalled/release', (request) => ({
    released: faultInjector.release(read(ReleaseStalled, request.body).id),
  }));

  server.get('/_emulator/faults', () => faultInjector.faults);
  server.post('/_emulator/faults', (request) => {
    faultInjector.faults.push(read(FaultToAdd, request.body));
    return {};
  });
  server.put('/_emulator/faults', (request) => {
    faultInjector.faults.splice(0, Infinity, read(FaultToAdd, request.body));
    return {};
  });
  server.delete('/_emulator/faults', () => {
    faultInjector.faults.splice(0);
    return {};
  });

  const settle = <K extends 'payment_intent' | 'refund' | 'dispute', T extends object>(
    kind: K,
    id: string,
    work: (call: Call, object: NonNullable<ReturnType<typeof state.find<K>>>) => T | null,
  ): T => {
    const call: Call = {
      state,
      origin: emulator.origin(),
      request: { id: null, idempotency_key: null },
      events: [],
    };
    const settled = state.transaction(() => {
      const object = state.find(kind, id);
      if (object === null) throw resourceMissing(kind, id, 'id', 404);
      const after = work(call, object);
      if (after === null) throw invalidParameter(`${id} cannot be settled in its status.`);
      recordEvents(state, webhooks, call.events);
      return after;
    });
    void webhooks.accept(call.events);
    return settled;
  };
  server.post<{ Params: { id: string } }>('/_emulator/payment_intents/:id/settle', (request) => {
    const { outcome } = read(SettlePayment, request.body);
    return settle('payment_intent', request.params.id, (call, intent) =>
      settleProcessing(call, intent, outcome),
    );
  });
  server.post<{ Params: { id: string } }>('/_emulator/refunds/:id/settle', (request) => {
    const { outcome } = read(Settle, request.body);
    return settle('refund', request.params.id, (call, refund) => settleRefund(call, refund, outcome));
  });
  server.post<{ Params: { id: string } }>('/_emulator/payment_intents/:id/dispute', (request) => {
    const { amount, ...details } = read(OpenDispute, request.body);
    return settle('payment_intent', request.params.id, (call, intent) => {
      if (intent.status !== 'succeeded') return null;
      const charge = chargeOf(call, intent);
      return openDispute(call, charge, { ...details, amount: amount ?? charge.amount });
    });
  });
  server.post<{ Params: { id: string } }>('/_emulator/disputes/:id/settle', (request) => {
    const { outcome } = read(EndDispute, request.body);
    return settle('dispute', request.params.id, (call, dispute) => endDispute(call, dispute, outcome));
  });
}

function read<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  throw invalidParameter(z.prettifyError(result.error));
}
