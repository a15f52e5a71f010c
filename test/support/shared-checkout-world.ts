import type Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

import type { Alarm } from '../../src/platform/telemetry/known-labels.ts';
import { openCheckoutWorld, stripeOf, until, type CheckoutWorld } from './checkout-world.ts';

/** A world for all tests of a file, and Stripe's SDK for what happens past the server. */
export interface SharedCheckoutWorld {
  world: CheckoutWorld;
  dashboard: Stripe;
}

/**
 * Open a world before the tests of a file. Each test ends without faults, with webhooks that are delivered, and once every
 * ticket and every payment is accounted for.
 */
export function shareCheckoutWorld(
  use: (shared: SharedCheckoutWorld) => void,
  options: Parameters<typeof openCheckoutWorld>[0] = {},
): void {
  let world: CheckoutWorld;
  beforeAll(async () => {
    world = await openCheckoutWorld(options);
    use({ world, dashboard: stripeOf(world) });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());
  afterEach(async () => {
    await world.stripe.clearFaults();
    await world.stripe.setWebhooks({ mode: 'deliver', copies: 1, types: null });
    await until(async () => expect(await world.findings()).toEqual([]));
  });
}

/** How often an alarm was raised. */
export async function countAlarms(
  { platform }: Pick<CheckoutWorld, 'platform'>,
  alarm: Alarm,
): Promise<number> {
  const { values } = await platform.metrics.alarms.get();
  return values.find(({ labels }) => labels.alarm === alarm)?.value ?? 0;
}
