import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';

import { startStripeEmulator } from '../../src/stripe-emulator/index.ts';
import type { StripeEmulator, StripeEmulatorOptions } from '../../src/stripe-emulator/index.ts';
import { emulatorControl } from '../support/stripe-control.ts';
import type { EmulatorControl } from '../support/stripe-control.ts';

/** An emulator, the Stripe SDK connected to it, and its control API. */
export interface World extends AsyncDisposable {
  emulator: StripeEmulator;
  stripe: Stripe;
  control: EmulatorControl;
}

/** Start an emulator and connect the Stripe SDK to it. */
export async function startWorld(options: StripeEmulatorOptions = {}): Promise<World> {
  const emulator = await startStripeEmulator(options);
  return {
    emulator,
    stripe: sdkFor(emulator),
    control: emulatorControl(emulator),
    [Symbol.asyncDispose]: () => emulator[Symbol.asyncDispose](),
  };
}

/** Open the Stripe SDK without retries. */
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

/** Parameters of a payment that is created and confirmed in one request. */
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

/** The error of a failed call; throws if the call succeeds or fails with another type. */
export async function errorOf<T extends Error>(
  call: Promise<unknown>,
  type: abstract new (...args: never[]) => T,
): Promise<T> {
  const error = await call.then(
    (value) => new Error(`the call did not fail: ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof type) return error;
  throw error;
}

/** A received webhook. */
export interface ReceivedWebhook {
  body: string;
  signature: string;
  type: string;
  id: string;
}

/** A receiver of webhooks with a configurable response. */
export interface Receiver extends AsyncDisposable {
  url: string;
  received: ReceivedWebhook[];
  /** Set the status of the next responses; 200 by default. */
  respondWith(status: (delivery: ReceivedWebhook, number: number) => number | Promise<number>): void;
  /** Resolves with the first event of that type, received already or later. */
  next(type: string): Promise<ReceivedWebhook>;
}

/** Start a receiver of webhooks. */
export async function startReceiver(): Promise<Receiver> {
  const received: ReceivedWebhook[] = [];
  const waiting = new Set<() => void>();
  let respond: (delivery: ReceivedWebhook, number: number) => number | Promise<number> = () => 200;
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { type, id } = JSON.parse(body) as { type: string; id: string };
    const delivery = { body, type, id, signature: String(request.headers['stripe-signature']) };
    received.push(delivery);
    for (const check of waiting) check();
    response.writeHead(await respond(delivery, received.length)).end();
  };
  const server = createServer((request, response) => void receive(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    respondWith(status) {
      respond = status;
    },
    next(type) {
      const { promise, resolve } = Promise.withResolvers<ReceivedWebhook>();
      const check = () => {
        const found = received.find((delivery) => delivery.type === type);
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
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
