import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { nowSeconds } from './state.ts';
import type { State, StripeFact } from './state.ts';

/** How webhooks travel; the control endpoints change it. */
export interface WebhookBehaviour {
  /** Where they go. `null`: nowhere; events are only recorded. */
  url: string | null;
  /** hold: kept until released; drop: lost, and never tried again. */
  mode: 'deliver' | 'hold' | 'drop';
  /** How often each event is sent: 2 makes every one of them a duplicate. */
  copies: number;
  /** The event types that mode and copies are about; `null`: all of them. */
  types: string[] | null;
  /** How long to wait before each retry; after the last one the event is given up. */
  retryDelaysMs: number[];
}

/** One attempt to deliver an event. */
export interface Delivery {
  event: string;
  type: string;
  attempt: number;
  /** What the receiver answered; `null`: it did not, and `error` says why. */
  status: number | null;
  error: string | null;
}

/** Tells events to the merchant, in the background and in no particular order. */
export interface Webhooks extends Disposable {
  behaviour: WebhookBehaviour;
  /** Every attempt so far, oldest first. */
  readonly deliveries: Delivery[];
  /** Events that are held, oldest first. */
  readonly held: StripeFact[];
  /** Take events on; resolves when each has been tried once, held or dropped. */
  accept(facts: readonly StripeFact[]): Promise<void>;
  /** Send held events, one after the other in the given order; resolves when each has been tried once. */
  release(ids?: readonly string[]): Promise<void>;
  /** Send an event once more, whatever became of it. */
  redeliver(fact: StripeFact): Promise<Delivery>;
  /** Resolves when nothing is under way and nothing waits for a retry. */
  settled(): Promise<void>;
}

/** Patience enough for a demo that restarts meanwhile; Stripe itself goes on for three days. */
const RETRY_DELAYS_MS = [250, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

/** Stripe, too, counts a receiver that thinks for longer as failed. */
const ATTEMPT_TIMEOUT_MS = 10_000;

/** Attempts beyond this many are forgotten, oldest first. */
const KEPT_DELIVERIES = 10_000;

/** Sign a payload the way Stripe does, so that `stripe.webhooks.constructEvent` accepts it. */
function signature(payload: string, secret: string, timestamp: number): string {
  const hmac = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
  return `t=${timestamp},v1=${hmac}`;
}

/** Begin to deliver webhooks; nothing is sent before the first `accept`. */
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
  const held: StripeFact[] = [];
  const active = new Set<Promise<void>>();
  const stopping = new AbortController();

  const attempt = async (fact: StripeFact, number: number): Promise<Delivery> => {
    const delivery: Delivery = {
      event: fact.id,
      type: fact.type,
      attempt: number,
      status: null,
      error: null,
    };
    try {
      delivery.status = await post(webhooks.behaviour.url, fact, secret, stopping.signal);
    } catch (error) {
      delivery.error = reasonOf(error);
    }
    deliveries.push(delivery);
    if (deliveries.length > KEPT_DELIVERIES) deliveries.shift();
    return delivery;
  };

  const finish = (fact: StripeFact) => state.save('event', { ...fact, pending_webhooks: 0 });

  /** Try until it is accepted or given up. The returned promise is for the first attempt alone. */
  const send = (fact: StripeFact): Promise<void> => {
    const first = Promise.withResolvers<void>();
    const all = (async () => {
      for (let number = 1; ; number++) {
        const { status } = await attempt(fact, number);
        first.resolve();
        if (stopping.signal.aborted) return;
        const delayMs = webhooks.behaviour.retryDelaysMs[number - 1];
        if (isAccepted(status) || delayMs === undefined) return finish(fact);
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
    async accept(facts) {
      const { url, mode, copies, types } = webhooks.behaviour;
      if (url === null) return;
      const sent: Promise<void>[] = [];
      for (const fact of facts) {
        const special = types === null || types.includes(fact.type);
        if (special && mode === 'drop') finish(fact);
        else if (special && mode === 'hold') held.push(fact);
        else for (let copy = 0; copy < (special ? copies : 1); copy++) sent.push(send(fact));
      }
      await Promise.all(sent);
    },
    async release(ids = held.map(({ id }) => id)) {
      for (const id of ids) {
        const place = held.findIndex((fact) => fact.id === id);
        if (place >= 0) await send(held.splice(place, 1)[0]!);
      }
    },
    redeliver: (fact) => attempt(fact, 1),
    async settled() {
      while (active.size > 0) await Promise.all(active);
    },
    [Symbol.dispose]: () => stopping.abort(),
  };
  return webhooks;
}

async function post(
  url: string | null,
  fact: StripeFact,
  secret: string,
  stopping: AbortSignal,
): Promise<number> {
  if (url === null) throw new Error('no webhook url is set');
  const payload = JSON.stringify(fact, null, 2);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': signature(payload, secret, nowSeconds()),
      'user-agent': 'Stripe/1.0 (+https://docs.stripe.com/webhooks) Onsale emulator',
    },
    body: payload,
    redirect: 'manual', // to Stripe, too, a redirect is a failure
    signal: AbortSignal.any([stopping, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
  });
  await response.arrayBuffer(); // reads to the end, so that the connection can be used again
  return response.status;
}

const isAccepted = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
