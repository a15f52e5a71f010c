import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';

import { readReconcileOptions, runReconcile } from '../../../src/app/cli/reconcile.ts';
import { openReconciliation, type Reconciling } from '../../../src/payments/index.ts';
import { backfillLedger } from '../../../src/payments/reconcile/backfill-ledger.ts';
import type { Difference } from '../../../src/payments/reconcile/differences.ts';
import { reconcileDay } from '../../../src/payments/reconcile/reconcile-day.ts';
import { reconcile } from '../../../src/payments/reconcile/reconcile.ts';
import { giveBack, intentOf, pay, until, type CheckoutWorld } from '../../support/checkout-world.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const PAID = 10_000;
const SPAN = { from: new Date('2020-01-01Z'), to: new Date('2090-01-01Z') };

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

const partsOf = (): Reconciling =>
  openReconciliation(world.platform, {
    secretKey: world.emulator.secretKey,
    webhookSecret: world.emulator.webhookSecret,
    apiUrl: world.emulator.url,
  });

/** Kind and subject of each difference. */
async function differences({ record = false } = {}): Promise<[kind: string, subject: string][]> {
  const found: Difference[] = [];
  await reconcile(partsOf(), SPAN, async (difference) => void found.push(difference), { record });
  return found.map(({ kind, subject }) => [kind, subject]);
}

async function bought(paymentMethod = 'pm_card_visa') {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod });
  return { held, booking, intent: await intentOf(world, booking) };
}

/** A Booking that was refunded in part by hand and then cancelled; its refunds, the smaller one first. */
async function cancelled() {
  const sale = await bought();
  await dashboard.refunds.create({ payment_intent: sale.intent, amount: 100 });
  await world.countCallsAnew();
  await giveBack(sale.held, sale.booking);
  await world.countCallsAnew();
  const { refunds } = await world.stripe.payments();
  const own = refunds.filter(({ payment_intent }) => payment_intent === sale.intent);
  return { ...sale, refunds: own.toSorted((a, b) => a.amount - b.amount).map(({ id }) => id) };
}

const run = (statement: ReturnType<typeof sql>) => world.platform.db.execute(statement);

/** Charges, refunds and disputes of every kind, all of them recorded. */
async function history(): Promise<void> {
  await bought();
  await cancelled();
  const failed = await bought('pm_card_refundFail');
  await dashboard.refunds.create({ payment_intent: failed.intent, amount: 200 });
  const { refunds } = await world.stripe.payments();
  await world.stripe.settleRefund(
    refunds.find(({ payment_intent }) => payment_intent === failed.intent)!.id,
    'failed',
  );
  const { id } = await world.stripe.dispute((await bought()).intent);
  await world.stripe.settleDispute(id, 'won');
  await world.stripe.dispute((await bought()).intent, { inquiry: true });
  await world.countCallsAnew();
}

/** A payment for nothing that the server is not told of. */
async function strayCharge(): Promise<string> {
  const { rows } = await run(sql`select id from shops`);
  await world.stripe.setWebhooks({ mode: 'hold' });
  const { id } = await dashboard.paymentIntents.create({
    amount: 700,
    currency: 'eur',
    payment_method: 'pm_card_visa',
    allowed_payment_method_types: ['card'],
    confirm: true,
    metadata: {
      eventId: crypto.randomUUID(),
      reservationId: crypto.randomUUID(),
      shopId: String(rows[0]!['id']),
    },
  });
  return id;
}

/** Let the server handle what it was not told of. */
async function release(): Promise<void> {
  await world.stripe.setWebhooks({ mode: 'deliver' });
  await world.stripe.releaseWebhooks();
  await world.countCallsAnew();
}

describe('npm run reconcile', () => {
  test('finds nothing where all is recorded', async () => {
    await history();
    expect(await differences()).toEqual([]);
  });

  test('finds a stray charge, a missing row, a wrong amount and a wrong currency, and nothing else', async () => {
    await history();
    const missing = await bought();
    const wrongAmount = await cancelled();
    const wrongCurrency = await cancelled();
    const stray = await strayCharge();
    const { rows } = await run(
      sql`delete from ledger_entries where stripe_id = ${missing.intent} returning event_id, booking_id`,
    );
    await run(sql`update ledger_entries set amount = amount + 1 where stripe_id = ${wrongAmount.refunds[1]}`);
    await run(sql`update refunds set currency = 'USD' where id = ${wrongCurrency.refunds[0]}`);
    const planted = [
      ['missing-row', missing.intent],
      ['stray-charge', stray],
      ['wrong-amount', wrongAmount.refunds[1]],
      ['wrong-currency', wrongCurrency.refunds[0]],
    ];
    expect((await differences()).toSorted()).toEqual(planted);

    const lines: string[] = [];
    const { problems, ...options } = readReconcileOptions(['--from=2030-01-01', '--to=2030-01-02']);
    expect(problems).toEqual([]);
    expect(await runReconcile(partsOf(), options, (line) => lines.push(line))).toBe(true); // another span
    expect(await runReconcile(partsOf(), { ...options, span: SPAN }, (line) => lines.push(line))).toBe(false);
    expect(lines.find((line) => line.startsWith('stray-charge'))).toMatch(
      new RegExp(`${stray}.*refund it there`),
    );

    await run(sql`update ledger_entries set amount = amount - 1 where stripe_id = ${wrongAmount.refunds[1]}`);
    await run(sql`update refunds set currency = 'EUR' where id = ${wrongCurrency.refunds[0]}`);
    await release();
    expect(await differences({ record: true })).toEqual([['missing-row', missing.intent]]);
    expect(await differences()).toEqual([]);
    const restored = sql`
      select event_id, booking_id from ledger_entries where stripe_id = ${missing.intent} and amount = ${PAID}`;
    expect((await run(restored)).rows).toEqual(rows);
  });

  test('finds a refund by hand that the server was never told of, one that is unknown to Stripe, and what is kept', async () => {
    const untold = await bought();
    const kept = await cancelled();
    await world.stripe.setWebhooks({ mode: 'hold' });
    const { id } = await dashboard.refunds.create({ payment_intent: untold.intent, amount: 300 });
    await run(sql`
      insert into ledger_entries (event_id, stripe_id, kind, intent_id, amount, currency, cause)
      values (${crypto.randomUUID()}, 'pi_invented', 'charge', 'pi_invented', 1, 'EUR', 'booking')`);
    const correction = sql`
      insert into ledger_entries (event_id, stripe_id, kind, intent_id, amount, currency, cause)
      select event_id, stripe_id, 'correction', intent_id, 5, currency, 'booking' from ledger_entries
      where stripe_id = ${kept.intent}`;
    await run(correction);
    expect((await differences()).toSorted()).toEqual([
      ['missing-row', id],
      ['not-refunded', kept.intent],
      ['unknown-to-stripe', 'pi_invented'],
    ]);
    await run(sql`delete from ledger_entries where stripe_id = 'pi_invented' or kind = 'correction'`);
    await release();
    expect(await differences()).toEqual([]);
    await giveBack(untold.held, untold.booking);
    await world.countCallsAnew();
  });

  test('passes over another database on the same account', async () => {
    const { id } = await dashboard.paymentIntents.create({
      amount: 500,
      currency: 'eur',
      payment_method: 'pm_card_visa',
      allowed_payment_method_types: ['card'],
      confirm: true,
      metadata: { shopId: crypto.randomUUID() },
    });
    await dashboard.refunds.create({ payment_intent: id });
    expect(await differences()).toEqual([]);
  });

  test('reads every page of Stripe’s lists', async () => {
    const { held, booking, intent } = await bought();
    await world.stripe.setWebhooks({ mode: 'drop' });
    for (let part = 0; part < 101; part++)
      await dashboard.refunds.create({ payment_intent: intent, amount: 1 });
    expect((await differences({ record: true })).filter(([kind]) => kind === 'missing-row')).toHaveLength(
      101,
    );
    expect(await differences()).toEqual([]);
    await giveBack(held, booking);
  });

  test('says what is wrong with its options', () => {
    expect(readReconcileOptions([]).problems).toEqual([
      '--from: must be a date such as 2026-01-31 or 2026-01-31T18:00Z',
      '--to: must be a date such as 2026-01-31 or 2026-01-31T18:00Z',
    ]);
    expect(readReconcileOptions(['--from=2026-02-30', '--to=2026-01-01T00:00Z']).problems).toHaveLength(2);
    expect(readReconcileOptions(['--from=2026-01-01', '--to=2026-03-01']).problems).toEqual([
      '--to: must be at most 31 days later than --from',
    ]);
  });
});

test('the daily job raises an alarm for each difference, once', async () => {
  await bought();
  const stray = await strayCharge();
  const alarms: [string, object][] = [];
  const alarm = async (name: string, cause: object) => void alarms.push([name, cause]);
  const checkouts = { ...partsOf(), alarm };
  const inAnHour = { now: Date.now() + 60_000, settledAfterMs: 0 };
  await reconcileDay(checkouts, inAnHour);
  expect(alarms).toEqual([['ledger-difference', { subject: stray, reason: 'stray-charge' }]]);
  await reconcileDay(checkouts); // what happened within the last hour may be under way
  expect(alarms).toHaveLength(1);
  await release();
});

describe('the backfill', () => {
  /** The ledger and the refunds, without what says when and why. */
  async function recorded() {
    const { rows } = await run(sql`
      select stripe_id, kind::text, booking_id, amount::float8, currency from ledger_entries where kind::text not like 'dispute%'
        and kind <> 'fee' and booking_id is not null
      union all select id, status, booking_id, amount::float8, currency from refunds where booking_id is not null
      order by 1, 2`);
    return rows;
  }

  test('records what an earlier version wrote, batch by batch, and again a day later', async () => {
    await history();
    const before = await recorded();
    expect(before.length).toBeGreaterThan(8);
    const begin = sql`delete from ledger_backfill`;
    const forget = async () => {
      await run(sql`
        delete from ledger_entries where kind::text not like 'dispute%' and kind <> 'fee' and booking_id is not null`);
      await run(sql`delete from refunds where booking_id is not null`);
    };
    await run(begin);
    await forget();
    const parts = partsOf();
    let runs = 0;
    while ((await backfillLedger(parts, { maxBatch: 2 })) > 0) runs++;
    expect(runs).toBeGreaterThan(2);
    expect(await recorded()).toEqual(before);

    await forget(); // as the earlier version goes on selling
    expect(await backfillLedger(parts)).toBe(0);
    await run(sql`update ledger_backfill set pass_begins = now()`); // the day is over
    expect(await backfillLedger(parts)).toBeGreaterThan(2);
    expect(await recorded()).toEqual(before);
    await run(sql`update ledger_backfill set pass_begins = now()`);
    expect(await backfillLedger(parts)).toBe(0); // no third pass
  });

  test('continues where it was when Stripe does not answer', async () => {
    await cancelled();
    await run(sql`delete from ledger_backfill`);
    const before = await recorded();
    await run(sql`delete from refunds where booking_id is not null`);
    await world.stripe.addFault({ path: '/v1/refunds', method: 'GET', kind: 'error', status: 503, times: 2 });
    await expect(backfillLedger(partsOf())).rejects.toThrow('refunds of payment intent');
    await until(async () => {
      await backfillLedger(partsOf());
      expect(await recorded()).toEqual(before);
    });
  });
});
