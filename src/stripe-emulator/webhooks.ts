import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { nowSeconds } from './state.ts';
import type { State, StripeEvent } from './state.ts';

/** Delivery of webhooks; the control API changes it. */
export interface WebhookBehaviour {
  /** URL of the receiver. `null`: events are stored only. */
  url: string | null;
  /** hold: until released; drop: never sent. */
  mode: 'deliver' | 'hold' | 'drop';
  /** Deliveries per event: 2 duplicates each. */
  copies: number;
  /** Event types that `mode` and `copies` apply to; `null`: all. */
  types: string[] | null;
  /** Delay before each retry; after the last one the event is abandoned. */
  retryDelaysMs: number[];
}

/** One attempt to deliver an event. */
export interface Delivery {
  event: string;
  type: string;
  attempt: number;
  /** HTTP status of the response; `null`: none, for the reason in `error`. */
  status: number | null;
  error: string | null;
}

/** Delivers events to the merchant, in the background and unordered. */
export interface Webhooks extends Disposable {
  behaviour: WebhookBehaviour;
  /** All attempts so far, oldest first. */
  readonly deliveries: Delivery[];
  /** Held events, oldest first. */
  readonly held: StripeEvent[];
  /** Send, hold or drop events; resolves after the first attempt of each. */
  accept(events: readonly StripeEvent[]): Promise<void>;
  /** Send held events sequentially in the given order; resolves after the first attempt of each. */
  release(ids?: readonly string[]): Promise<void>;
  /** Send an event again, delivered or not. */
  redeliver(event: StripeEvent): Promise<Delivery>;
  /** Resolves when no delivery is in progress or waiting for a retry. */
  settled(): Promise<void>;
}

/** Long enough for a restart of the receiver; Stripe retries for three days. */
const RETRY_DELAYS_MS = [250, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

/** The timeout of Stripe. */
const ATTEMPT_TIMEOUT_MS = 10_000;

/** Attempts beyond this number are dropped from the report, oldest first. */
const MAX_DELIVERIES = 10_000;

/** Sign a payload as Stripe does, for `stripe.webhooks.constructEvent`. */
function signature(payload: string, secret: string, timestamp: number): string {
  const hmac = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
  return `t=${timestamp},v1=${hmac}`;
}

/** Open the delivery of webhooks. Sends nothing before the first `accept`. */
export function openWebhooks(options: { state: State; url: string | null; secret: string }): Webhooks {
  const { state, secret } = options;
  const behaviour: WebhookBehaviour = {
    url: options.url,
    mode: 'deliver',
    copies: 1,
    types: null,
    retryDelaysMs: RETRY_DELAYS_MS,
  };
  const deliveries: Delivery[] = [];
  const held: StripeEvent[] = [];
  const active = new Set<Promise<void>>();
  const stopping = new AbortController();

  const attempt = async (event: StripeEvent, number: number): Promise<Delivery> => {
    const delivery: Delivery = {
      event: event.id,
      type: event.type,
      attempt: number,
      status: null,
      error: null,
    };
    try {
      delivery.status = await post(webhooks.behaviour.url, event, secret, stopping.signal);
    } catch (error) {
      delivery.error = reasonOf(error);
    }
    deliveries.push(delivery);
    if (deliveries.length > MAX_DELIVERIES) deliveries.shift();
    return delivery;
  };

  const markDelivered = (event: StripeEvent) => state.save('event', { ...event, pending_webhooks: 0 });

  /** Deliver with retries. The promise resolves after the first attempt. */
  const send = (event: StripeEvent): Promise<void> => {
    const first = Promise.withResolvers<void>();
    const all = (async () => {
      for (let number = 1; ; number++) {
        const { status } = await attempt(event, number);
        first.resolve();
        if (stopping.signal.aborted) return;
        const delayMs = webhooks.behaviour.retryDelaysMs[number - 1];
        if (isAccepted(status) || delayMs === undefined) return markDelivered(event);
        await sleep(delayMs, undefined, { signal: stopping.signal });
      }
    })()
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) throw error;
      })
      .finally(() => active.delete(all));
    active.add(all);
    return first.promise;
  };

  const webhooks: Webhooks = {
    behaviour,
    deliveries,
    held,
    async accept(events) {
      const { url, mode, copies, types } = webhooks.behaviour;
      if (url === null) return;
      const sent: Promise<void>[] = [];
      for (const event of events) {
        const affected = types === null || types.includes(event.type);
        if (affected && mode === 'drop') markDelivered(event);
        else if (affected && mode === 'hold') held.push(event);
        else for (let copy = 0; copy < (affected ? copies : 1); copy++) sent.push(send(event));
      }
      await Promise.all(sent);
    },
    async release(ids = held.map(({ id }) => id)) {
      for (const id of ids) {
        const index = held.findIndex((event) => event.id === id);
        if (index >= 0) await send(held.splice(index, 1)[0]!);
      }
    },
    redeliver: (event) => attempt(event, 1),
    async settled() {
      while (active.size > 0) await Promise.all(active);
    },
    [Symbol.dispose]: () => stopping.abort(),
  };
  return webhooks;
}

async function post(
  url: string | null,
  event: StripeEvent,
  secret: string,
  stopping: AbortSignal,
): Promise<number> {
  if (url === null) throw new Error('webhook url not set');
  const payload = JSON.stringify(event, null, 2);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': signature(payload, secret, nowSeconds()),
      'user-agent': 'Stripe/1.0 (+https://docs.stripe.com/webhooks) Onsale emulator',
    },
    body: payload,
    redirect: 'manual', // a redirect is a failure, as at Stripe
    signal: AbortSignal.any([stopping, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
  });
  await response.arrayBuffer(); // drains the body, so that the connection is reused
  return response.status;
}

const isAccepted = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
