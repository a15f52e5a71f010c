import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';

import { startStripeEmulator } from '../../src/stripe-emulator/index.ts';
import type { StripeEmulator, StripeEmulatorOptions } from '../../src/stripe-emulator/index.ts';
import { emulatorControl } from '../support/stripe-control.ts';
import type { EmulatorControl } from '../support/stripe-control.ts';

/** An emulator, the real SDK pointed at it, and the control of it. */
export interface World extends AsyncDisposable {
  emulator: StripeEmulator;
  stripe: Stripe;
  control: EmulatorControl;
}

/** Start an emulator and point the real SDK at it. */
export async function startWorld(options: StripeEmulatorOptions = {}): Promise<World> {
  const emulator = await startStripeEmulator(options);
  return {
    emulator,
    stripe: sdkFor(emulator),
    control: emulatorControl(emulator),
    [Symbol.asyncDispose]: () => emulator[Symbol.asyncDispose](),
  };
}

/** The real SDK, with nothing tried twice. */
export function sdkFor(
  { port, secretKey }: Pick<StripeEmulator, 'port' | 'secretKey'>,
  config: Stripe.StripeConfig = {},
): Stripe {
  return new Stripe(secretKey, {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    ...config,
  });
}

/** An order that is paid in one request. */
export const order = (
  payment_method: string,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Stripe.PaymentIntentCreateParams => ({
  amount: 12_500,
  currency: 'usd',
  payment_method,
  confirm: true,
  automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  ...more,
});

/** The error a call fails with; fails itself when the call does not. */
export async function errorOf<T extends Error>(
  call: Promise<unknown>,
  type: abstract new (...args: never[]) => T,
): Promise<T> {
  const error = await call.then(
    (value) => new Error(`It did not fail: ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof type) return error;
  throw error;
}

/** One webhook as it came in. */
export interface ReceivedWebhook {
  body: string;
  signature: string;
  type: string;
  id: string;
}

/** A receiver of webhooks that answers what it is told to. */
export interface Receiver extends AsyncDisposable {
  url: string;
  received: ReceivedWebhook[];
  /** How to answer the next ones; 200 unless said otherwise. */
  answerWith(status: (delivery: ReceivedWebhook, number: number) => number | Promise<number>): void;
  /** Resolves with the first event of that type, whether it came already or comes yet. */
  next(type: string): Promise<ReceivedWebhook>;
}

/** Start a receiver of webhooks. */
export async function startReceiver(): Promise<Receiver> {
  const received: ReceivedWebhook[] = [];
  const waiting = new Set<() => void>();
  let answer: (delivery: ReceivedWebhook, number: number) => number | Promise<number> = () => 200;
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { type, id } = JSON.parse(body) as { type: string; id: string };
    const delivery = { body, type, id, signature: String(request.headers['stripe-signature']) };
    received.push(delivery);
    for (const look of waiting) look();
    response.writeHead(await answer(delivery, received.length)).end();
  };
  const server = createServer((request, response) => void receive(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    answerWith(status) {
      answer = status;
    },
    next(type) {
      const { promise, resolve } = Promise.withResolvers<ReceivedWebhook>();
      const look = () => {
        const found = received.find((delivery) => delivery.type === type);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      return promise;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The id in a field that may also hold the whole object. */
export const idIn = (reference: string | { id: string } | null): string =>
  typeof reference === 'string' ? reference : (reference?.id ?? 'none');
