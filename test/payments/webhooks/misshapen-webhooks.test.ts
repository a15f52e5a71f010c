import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { expect, test, vi } from 'vitest';

import { until, type CheckoutWorld } from '../../support/checkout-world.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

let world: CheckoutWorld;
let stripe: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard: stripe } = shared));

/** Send a body, with a valid signature unless it is `forged`. */
async function send(body: unknown, forged?: string): Promise<number> {
  const payload = JSON.stringify(body);
  const secret = world.emulator.webhookSecret;
  const response = await fetch(`${world.url}/webhooks/stripe`, {
    method: 'POST',
    headers: {
      'stripe-signature': forged ?? stripe.webhooks.generateTestHeaderString({ payload, secret }),
    },
    body: payload,
  });
  await response.arrayBuffer();
  return response.status;
}

let number = 0;
const eventOf = (type: string, object: unknown) => ({
  ...{ id: `evt_misshapen_${(number += 1)}`, object: 'event', livemode: false, type },
  data: { object },
});
const refund = () => eventOf('refund.updated', { id: 're_none', payment_intent: null });

test.each<[string, unknown]>([
  ['without an id', { ...refund(), id: undefined }],
  ['with a number as id', { ...refund(), id: 7 }],
  ['with an id of 5,000 characters', { ...refund(), id: 'e'.repeat(5_000) }],
  ['with NUL in its id', { ...refund(), id: 'evt_\0' }],
  ['without a type', { ...refund(), type: null }],
  ['that is null', null],
  ['that is a number', 7],
])('a signed body %s is refused', async (_which, body) => {
  expect(await send(body)).toBe(400);
});

test.each<[string, string, unknown]>([
  ['null as object', 'payment_intent.succeeded', null],
  ['no object', 'charge.dispute.created', undefined],
  ['null as metadata', 'payment_intent.succeeded', { id: 'pi_none', metadata: null }],
  ['a number as id', 'charge.refunded', { id: 7, payment_intent: 7 }],
  ['null as id', 'refund.updated', { id: null, payment_intent: null }],
])('an event with %s is stored, and handled with one warning', async (_what, type, object) => {
  const warn = vi.spyOn(world.platform.log, 'warn');
  const event = eventOf(type, object);
  expect(await send(event)).toBe(200);
  await until(async () => {
    const { rows } = await world.platform.db.execute<{ handled: boolean }>(
      sql`select handled_at is not null as handled from webhook_events where id = ${event.id}`,
    );
    expect(rows).toEqual([{ handled: true }]);
  });
  const warnings = warn.mock.calls.filter(([fields]) => JSON.stringify(fields).includes(event.id));
  expect(warnings).toEqual([[expect.objectContaining({ type }), 'webhook of unknown shape']]);
  warn.mockRestore();
});

test.each(['v2.core.event_destination.ping', 'v1.payment_intent.succeeded'])(
  'a thin event is acknowledged and not stored: %s',
  async (type) => {
    const thin = { id: 'evt_thin', object: 'v2.core.event', livemode: false, type, related_object: null };
    expect(await send(thin)).toBe(200);
    expect(await send({ ...thin, livemode: undefined })).toBe(200);
    const { rows } = await world.platform.db.execute(sql`select from webhook_events where id = ${thin.id}`);
    expect(rows).toEqual([]);
    const forged = stripe.webhooks.generateTestHeaderString({
      payload: JSON.stringify(thin),
      secret: 'whsec_another',
    });
    expect(await send(thin, forged)).toBe(400);
  },
);
