import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';

import {
  bookingKey,
  bookingOf,
  intentOf,
  openCheckoutWorld,
  pay,
  until,
  untilBooking,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

let world: CheckoutWorld;
let stripe: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard: stripe } = shared));

/** Send a webhook, by default with a valid signature. */
async function send(
  event: object | string,
  how: { secret?: string; at?: number; signature?: string | null; server?: CheckoutWorld } = {},
): Promise<number> {
  const { secret = world.emulator.webhookSecret, at = Math.floor(Date.now() / 1_000), server = world } = how;
  const payload = typeof event === 'string' ? event : JSON.stringify(event, null, 2);
  const signature =
    how.signature === undefined
      ? stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: at })
      : how.signature;
  const response = await fetch(`${server.url}/webhooks/stripe`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(signature === null ? {} : { 'stripe-signature': signature }),
    },
    body: payload,
  });
  await response.arrayBuffer();
  return response.status;
}

let number = 0;
/** Build an event as Stripe sends it. */
const eventOf = (type: string, object: object = { id: 'pi_none', metadata: {} }, livemode = false) => ({
  id: `evt_test_${(number += 1)}`,
  object: 'event',
  api_version: '2026-10-28.endive',
  created: Math.floor(Date.now() / 1_000),
  livemode,
  type,
  data: { object },
});

const stored = async (id: string): Promise<boolean> => {
  const { rows } = await world.platform.db.execute(sql`select 1 from webhook_events where id = ${id}`);
  return rows.length > 0;
};

/** Wait until all received webhooks are handled. */
const handled = () =>
  until(async () => {
    const { rows: open } = await world.platform.db.execute(
      sql`select id from webhook_events where handled_at is null`,
    );
    expect([...open]).toEqual([]);
  });

test('a webhook with texts that `jsonb` does not take is stored and handled', async () => {
  const object = { id: 'pi_none', metadata: { note: 'a\0b', 'x\ud800': '\udc00' } };
  const event = eventOf('payment_intent.succeeded', object);
  expect(await send(event)).toBe(200);
  expect(await stored(event.id)).toBe(true);
  await handled();
});

describe('a webhook is rejected', () => {
  test('without a signature, with an invalid one, or with that of another body', async () => {
    const event = eventOf('payment_intent.succeeded');
    for (const signature of [
      null,
      '',
      'nonsense',
      't=1,v1=00',
      ...['t=1,v1=', 't=,v1=', 't=1,v1', 't=1,v1=,v1=00', 't=1,v1=é', 't=NaN,v1=00', ','.repeat(500)],
      `t=${Math.floor(Date.now() / 1_000)},v1=00`,
    ]) {
      expect(await send(event, { signature })).toBe(400);
    }
    const payload = JSON.stringify(event);
    const signature = stripe.webhooks.generateTestHeaderString({
      payload,
      secret: world.emulator.webhookSecret,
    });
    expect(await send(JSON.stringify(event, null, 1), { signature })).toBe(400); // the same event, serialised differently
    expect(await send(payload, { signature })).toBe(200);
  });

  test('with the secret of another endpoint', async () => {
    expect(await send(eventOf('payment_intent.succeeded'), { secret: 'whsec_another' })).toBe(400);
  });

  const refused = async (result: string) =>
    (await world.platform.metrics.webhooks.get()).values.find(({ labels }) => labels['result'] === result)!
      .value;

  test('with a signature ten minutes old: it may be a replay, or the clock is wrong, which the metric tells', async () => {
    const before = await refused('too-old');
    const event = eventOf('payment_intent.succeeded');
    expect(await send(event, { at: Math.floor(Date.now() / 1_000) - 600 })).toBe(400);
    expect(await stored(event.id)).toBe(false);
    expect(await refused('too-old')).toBe(before + 1);
  });

  test('from live mode on a server in test mode', async () => {
    const before = await refused('other-mode');
    const event = eventOf('payment_intent.succeeded', undefined, true);
    expect(await send(event)).toBe(400);
    expect(await stored(event.id)).toBe(false);
    expect(await refused('other-mode')).toBe(before + 1);
  });

  test('without a body, or if it is not JSON', async () => {
    expect(await send('{')).toBe(400);
    expect(await send('')).toBe(400);
  });

  test('if it is larger than 256 KiB', async () => {
    const event = eventOf('payment_intent.succeeded', {
      id: 'pi_none',
      metadata: {},
      padding: 'x'.repeat(600_000),
    });
    expect(await send(event)).toBe(413);
  });
});

test('a webhook of another type is acknowledged and not stored', async () => {
  const event = eventOf('customer.created', { id: 'cus_none' });
  expect(await send(event)).toBe(200);
  expect(await stored(event.id)).toBe(false);
});

test('during a rotation of the signing secret both are valid', async () => {
  const { emulator } = world;
  await using rotating = await openCheckoutWorld({
    emulator: { ...emulator, webhookSecret: `whsec_new, ${emulator.webhookSecret}` },
    roles: ['api'],
  });
  for (const secret of ['whsec_new', emulator.webhookSecret]) {
    expect(await send(eventOf('payment_intent.succeeded'), { secret, server: rotating })).toBe(200);
  }
  expect(await send(eventOf('payment_intent.succeeded'), { secret: 'whsec_old', server: rotating })).toBe(
    400,
  );
  await world.stripe.setWebhooks({ url: `${world.url}/webhooks/stripe` }); // the emulator is shared by both worlds
});

describe('one booking whose webhooks arrive', () => {
  /** Pay with a card that requires 3-D Secure, authenticate, and hold back the webhooks. */
  async function heldBack() {
    await world.stripe.setWebhooks({ mode: 'hold' });
    const held = await world.held();
    const { booking } = await pay(held, { paymentMethod: 'pm_card_authenticationRequired' });
    const intent = await intentOf(world, booking);
    await world.stripe.authenticate(intent, 'complete');
    const { data } = await stripe.events.list({ limit: 100 });
    const events = data
      .filter((event) => (event.data.object as { id: string }).id === intent)
      .map(({ id }) => id);
    await world.stripe.setWebhooks({ mode: 'deliver' });
    return { held, booking, events };
  }

  test('in any order is confirmed once', async () => {
    const orders = permutations([0, 1, 2]);
    for (const order of orders) {
      const { held, booking, events } = await heldBack();
      expect(events).toHaveLength(3); // created, requires_action, succeeded
      await world.stripe.releaseWebhooks(order.map((index) => events[index]!));
      expect((await untilBooking(held, 'CONFIRMED')).id).toBe(booking.id);
    }
  });

  test('fifty times concurrently is confirmed once, and each gets a 200', async () => {
    const { held, booking, events } = await heldBack();
    const { data } = await stripe.events.list({ limit: 100, type: 'payment_intent.succeeded' });
    const succeeded = data.find(({ id }) => events.includes(id))!;
    const duplicates = async () => {
      const { values } = await world.platform.metrics.webhooks.get();
      return values.find(({ labels }) => labels.result === 'duplicate')?.value ?? 0;
    };
    const before = await duplicates();
    const statuses = await Promise.all(Array.from({ length: 50 }, () => send(succeeded)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect((await duplicates()) - before).toBe(49);
    expect((await untilBooking(held, 'CONFIRMED')).id).toBe(booking.id);
    const {
      rows: [rows],
    } = await world.platform.db.execute(
      sql`select count(*)::int as n from webhook_events where id = ${succeeded.id}`,
    );
    expect(rows).toEqual({ n: 1 });
    await handled();
  });

  test('twice each, after a decline and another card, is confirmed once', async () => {
    await world.stripe.setWebhooks({ copies: 2 });
    const held = await world.held();
    await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    await world.stripe.webhooksSettled();
    await handled();
    expect((await bookingOf(held)).status).toBe('CONFIRMED');
  });

  test('again in any order after its cancellation stays cancelled', async () => {
    const held = await world.held();
    const { booking } = await pay(held);
    await held.client.mutate('cancelBooking', { booking: booking.id });
    await world.stripe.webhooksSettled();
    const intent = await intentOf(world, booking);
    const { data } = await stripe.events.list({ limit: 100 });
    const events = data.filter(({ data: { object } }) => {
      const { id, payment_intent } = object as { id: string; payment_intent?: string };
      return id === intent || payment_intent === intent;
    });
    expect(events.length).toBeGreaterThanOrEqual(4); // created, succeeded, and two or more about the refund
    for (const order of permutations(events.slice(0, 4))) {
      await world.platform.db.execute(sql`delete from webhook_events`); // so that none is a duplicate
      for (const event of order) expect(await send(event)).toBe(200);
      await handled();
    }
    expect((await bookingOf(held)).status).toBe('CANCELLED');
    const { refunds } = await world.stripe.payments();
    expect(refunds.filter(({ payment_intent }) => payment_intent === intent)).toHaveLength(1);
  });
});

describe('a payment without a booking', () => {
  async function charge(metadata: Record<string, string>): Promise<string> {
    const intent = await stripe.paymentIntents.create({
      amount: 4_200,
      currency: 'eur',
      payment_method: 'pm_card_visa',
      allowed_payment_method_types: ['card'],
      confirm: true,
      metadata,
    });
    await world.stripe.webhooksSettled();
    await handled();
    return intent.id;
  }
  const refunded = async (intent: string): Promise<boolean> => {
    const { refunds } = await world.stripe.payments();
    return refunds.some(({ payment_intent }) => payment_intent === intent);
  };

  test('of this database is refunded, and raises an alarm', async () => {
    const {
      rows: [shop],
    } = await world.platform.db.execute(sql`select id from shops`);
    const held = await world.held();
    const { booking } = await pay(held);
    const { eventId, id } = bookingKey(booking);
    const missing = id.replace(/.{8}$/, '00000000');
    const intent = await charge({ bookingId: missing, eventId, shopId: String(shop!['id']) });
    expect(await refunded(intent)).toBe(true);
    const { values } = await world.platform.metrics.alarms.get();
    expect(values).toContainEqual({ labels: { alarm: 'payment-without-booking' }, value: 1 });
  });

  test('that is the second of a booking is refunded, too', async () => {
    const {
      rows: [shop],
    } = await world.platform.db.execute(sql`select id from shops`);
    const held = await world.held();
    const { booking } = await pay(held);
    const { eventId, id: bookingId } = bookingKey(booking);
    const intent = await charge({ bookingId, eventId, shopId: String(shop!['id']) });
    expect(await refunded(intent)).toBe(true);
    expect(await refunded(await intentOf(world, booking))).toBe(false);
  });

  test('whose refund Stripe refuses raises the alarm of a refused refund, and is refunded when repeated', async () => {
    const {
      rows: [shop],
    } = await world.platform.db.execute(sql`select id from shops`);
    const held = await world.held();
    const { booking } = await pay(held);
    const { eventId, id: bookingId } = bookingKey(booking);
    await world.stripe.addFault({ path: '/v1/refunds', method: 'POST', kind: 'error', status: 400 });
    const before = await countAlarms(world, 'refund-refused');
    const intent = await charge({ bookingId, eventId, shopId: String(shop!['id']) });
    expect(await countAlarms(world, 'refund-refused')).toBe(before + 1);
    expect(await refunded(intent)).toBe(true);
  });

  test('of another database on the same Stripe account is ignored', async () => {
    const intents = [await charge({}), await charge({ bookingId: 'x', eventId: 'y', shopId: 'z' })];
    for (const intent of intents) {
      expect(await refunded(intent)).toBe(false);
      await stripe.refunds.create({ payment_intent: intent }); // the auditor expects no unrefunded payment of another database
    }
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
