import type Stripe from 'stripe';

import type {
  Delivery,
  FaultRequest,
  PaymentsReport,
  StalledRequest,
  StripeEmulator,
  WebhookBehaviour,
  WebhooksReport,
} from '../../src/stripe-emulator/index.ts';

/** What a test may ask of the Stripe emulator that no client may ask of Stripe. */
export interface EmulatorControl {
  /** How often each endpoint was called, by `METHOD /path/:id`. */
  calls(): Promise<Record<string, number>>;
  resetCalls(): Promise<void>;
  payments(): Promise<PaymentsReport>;
  webhooks(): Promise<WebhooksReport>;
  /** Change how webhooks travel; what is not named stays. */
  setWebhooks(change: Partial<WebhookBehaviour>): Promise<WebhookBehaviour>;
  /** Send held events one after the other; resolves when each has been tried once. */
  releaseWebhooks(events?: string[]): Promise<void>;
  /** Resolves when no webhook is under way or waits for a retry. */
  webhooksSettled(): Promise<void>;
  redeliver(event: string): Promise<Delivery>;
  stalled(): Promise<StalledRequest[]>;
  /** Resolves when that many requests are stalled. */
  untilStalled(count?: number): Promise<StalledRequest[]>;
  /** Let one stalled request go on, or all; returns how many. */
  releaseStalled(id?: string): Promise<number>;
  addFault(fault: FaultRequest): Promise<void>;
  /** Put a fault in the place of all others, so that no request in between meets none. */
  replaceFaults(fault: FaultRequest): Promise<void>;
  clearFaults(): Promise<void>;
  settlePayment(
    intent: string,
    outcome: 'succeeded' | 'failed' | 'requires_action',
  ): Promise<Stripe.PaymentIntent>;
  settleRefund(refund: string, outcome: 'succeeded' | 'failed'): Promise<Stripe.Refund>;
  /** Let the bank dispute a payment: all of it, as a chargeback, unless the details say otherwise. */
  dispute(
    intent: string,
    details?: { amount?: number; reason?: string; inquiry?: boolean },
  ): Promise<Stripe.Dispute>;
  settleDispute(dispute: string, outcome: 'won' | 'lost'): Promise<Stripe.Dispute>;
  /** Press a button of the 3-D Secure page; returns where the browser is sent, if anywhere. */
  authenticate(intent: string, outcome: 'complete' | 'fail'): Promise<string | null>;
}

/** Between two looks at something that another process does. */
const LOOK_EVERY_MS = 10;

/** Take control of a running emulator. */
export function emulatorControl({
  url,
  secretKey,
}: Pick<StripeEmulator, 'url' | 'secretKey'>): EmulatorControl {
  const call = async <T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<T> => {
    const response = await fetch(`${url}/_emulator${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secretKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /_emulator${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  };
  const stalled = () => call<StalledRequest[]>('GET', '/stalled');

  return {
    calls: () => call('GET', '/calls'),
    resetCalls: async () => void (await call('DELETE', '/calls')),
    payments: () => call('GET', '/payments'),
    webhooks: () => call('GET', '/webhooks'),
    setWebhooks: (change) => call('POST', '/webhooks', change),
    releaseWebhooks: async (events) =>
      void (await call('POST', '/webhooks/release', events === undefined ? {} : { events })),
    webhooksSettled: async () => void (await call('POST', '/webhooks/settled')),
    redeliver: (event) => call('POST', `/events/${event}/redeliver`),
    stalled,
    async untilStalled(count = 1) {
      for (;;) {
        const requests = await stalled();
        if (requests.length >= count) return requests;
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    },
    releaseStalled: async (id) =>
      (await call<{ released: number }>('POST', '/stalled/release', id === undefined ? {} : { id })).released,
    addFault: async (fault) => void (await call('POST', '/faults', fault)),
    replaceFaults: async (fault) => void (await call('PUT', '/faults', fault)),
    clearFaults: async () => void (await call('DELETE', '/faults')),
    settlePayment: (intent, outcome) => call('POST', `/payment_intents/${intent}/settle`, { outcome }),
    settleRefund: (refund, outcome) => call('POST', `/refunds/${refund}/settle`, { outcome }),
    dispute: (intent, details = {}) => call('POST', `/payment_intents/${intent}/dispute`, details),
    settleDispute: (dispute, outcome) => call('POST', `/disputes/${dispute}/settle`, { outcome }),
    async authenticate(intent, outcome) {
      const response = await fetch(`${url}/3ds/${intent}`, {
        method: 'POST',
        body: new URLSearchParams({ outcome }),
        redirect: 'manual',
      });
      const page = await response.text();
      if (response.status >= 400) throw new Error(`The 3-D Secure page answered ${response.status}: ${page}`);
      return response.headers.get('location');
    },
  };
}

/** Amounts refunded of an intent, rejected ones included, smallest first. */
export async function amountsRefunded(
  stripe: Pick<EmulatorControl, 'payments'>,
  intent: string,
): Promise<number[]> {
  const { refunds } = await stripe.payments();
  return refunds
    .filter(({ payment_intent }) => payment_intent === intent)
    .map(({ amount }) => amount)
    .toSorted((a, b) => a - b);
}
