import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { afterEach, describe, expect, test } from 'vitest';

import { newId } from '../../../src/platform/ids.ts';
import {
  giveBack,
  intentOf,
  pay,
  until,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { ORGANISER } from '../../support/seed.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const PAID = 10_000;
const DISPUTES = 'disputes { status amount { amount currency } respondBy }';

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

afterEach(async () => {
  await world.stripe.setWebhooks({ mode: 'deliver' });
  await world.stripe.releaseWebhooks();
  await world.countCallsAnew();
});

async function bought() {
  const held = await world.held();
  const { booking } = await pay(held);
  return { held, booking, intent: await intentOf(world, booking) };
}

/** What the Booking shows of its disputes, to a client. */
const shownTo = async ({ ask }: Held['client'], booking: { id: string }) =>
  (await ask(`query ($id: ID!) { node(id: $id) { ... on Booking { ${DISPUTES} } } }`, { id: booking.id }))
    .node;

/** The rows of the ledger about a payment, without its charge. */
async function movements(intent: string) {
  const { rows } = await world.platform.db.execute<{ kind: string; amount: number }>(sql`
    select kind, amount::float8 as amount from ledger_entries where intent_id = ${intent} and kind <> 'charge'
    order by kind`);
  return Object.fromEntries(rows.map(({ kind, amount }) => [kind, amount]));
}

/** Pay with an intent that no Booking of this database has; it is that of the database `shopId`. */
async function strayPayment(shopId: string): Promise<string> {
  const { id } = await dashboard.paymentIntents.create({
    amount: 1_000,
    currency: 'eur',
    metadata: { bookingId: newId(), eventId: newId(), shopId },
    confirm: true,
    payment_method: 'pm_card_visa',
    allowed_payment_method_types: ['card'],
  });
  return id;
}

describe('a dispute', () => {
  test('raises an alarm, is booked with its fee, and shown to the buyer and the organiser alone', async () => {
    const { held, booking, intent } = await bought();
    const before = await countAlarms(world, 'payment-disputed');
    await world.stripe.dispute(intent);
    await world.countCallsAnew();
    expect(await countAlarms(world, 'payment-disputed')).toBe(before + 1);
    expect(await movements(intent)).toEqual({ dispute: -PAID, fee: -2_000 });
    const shown = { status: 'NEEDS_RESPONSE', amount: { amount: PAID, currency: 'EUR' } };
    expect(await shownTo(held.client, booking)).toMatchObject({ disputes: [shown] });
    expect(await shownTo(await world.as(ORGANISER, 'ORGANISER'), booking)).toMatchObject({
      disputes: [shown],
    });
    expect(await shownTo(await world.as('another organiser', 'ORGANISER'), booking)).toBeNull();
    expect(await shownTo(await world.as('another fan'), booking)).toBeNull();
  });

  test.each(['won', 'lost'] as const)('that is %s says so', async (outcome) => {
    const { held, booking, intent } = await bought();
    const { id } = await world.stripe.dispute(intent);
    await dashboard.disputes.update(id, {
      evidence: { uncategorized_text: outcome === 'won' ? 'winning_evidence' : 'losing_evidence' },
    });
    await world.countCallsAnew();
    expect(await shownTo(held.client, booking)).toMatchObject({
      disputes: [{ status: outcome.toUpperCase(), respondBy: null }],
    });
    const lost = { dispute: -PAID, fee: -2_000 };
    expect(await movements(intent)).toEqual(outcome === 'won' ? { ...lost, dispute_returned: PAID } : lost);
  });

  test('is recorded by any of its events, when the others never come', async () => {
    for (const type of [
      'charge.dispute.closed',
      'charge.dispute.funds_reinstated',
      'charge.dispute.updated',
    ]) {
      const { intent } = await bought();
      await world.countCallsAnew();
      await world.stripe.setWebhooks({ mode: 'hold' });
      const { id } = await world.stripe.dispute(intent);
      await dashboard.disputes.update(id, { evidence: { uncategorized_text: 'winning_evidence' } });
      const { held } = await world.stripe.webhooks();
      await world.stripe.releaseWebhooks(
        held.filter((event) => event.type === type).map((event) => event.id),
      );
      await world.countCallsAnew();
      expect(await movements(intent), type).toEqual({ dispute: -PAID, dispute_returned: PAID, fee: -2_000 });
    }
  });

  test('keeps the refund of a cancelled Booking waiting until it is won', async () => {
    const { held, booking, intent } = await bought();
    const { id } = await world.stripe.dispute(intent);
    const before = await countAlarms(world, 'refund-refused');
    await giveBack(held, booking);
    expect(await countAlarms(world, 'refund-refused')).toBe(before + 1);
    await world.stripe.settleDispute(id, 'won');
    await until(async () => {
      await world.hurryJobs();
      expect(await movements(intent)).toMatchObject({ refund: -PAID });
    });
  });

  test('of a payment whose Booking this database has lost raises an alarm, too', async () => {
    await pay(await world.held()); // the id of the database is generated with the first payment
    const { rows } = await world.platform.db.execute<{ id: string }>(sql`select id from shops`);
    await world.stripe.setWebhooks({ mode: 'hold' });
    const intent = await strayPayment(rows[0]!.id);
    await dashboard.refunds.create({ payment_intent: intent, amount: 100 });
    await world.stripe.dispute(intent, { amount: 900 });
    const before = await countAlarms(world, 'payment-disputed');
    const { held } = await world.stripe.webhooks();
    await world.stripe.releaseWebhooks(
      held.filter(({ type }) => type.startsWith('charge.dispute')).map(({ id }) => id),
    );
    await world.countCallsAnew();
    expect(await countAlarms(world, 'payment-disputed')).toBe(before + 1);
    const { disputes } = await world.stripe.payments();
    await world.stripe.settleDispute(disputes[0]!.id, 'won'); // then it can be refunded
  });

  test('of a payment of another database on the same account raises none', async () => {
    const intent = await strayPayment(newId());
    const before = await countAlarms(world, 'payment-disputed');
    await world.stripe.dispute(intent, { inquiry: true });
    await world.countCallsAnew();
    expect(await countAlarms(world, 'payment-disputed')).toBe(before);
    await dashboard.refunds.create({ payment_intent: intent }); // the auditor expects no unrefunded payment of another database
  });
});
