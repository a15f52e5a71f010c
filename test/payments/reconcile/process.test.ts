import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { giveBack, intentOf, pay, type CheckoutWorld } from '../../support/checkout-world.ts';
import { run } from '../../support/process.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

const isoDay = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** Today and yesterday, as an operator would write it. */
const SPAN = ['--from', isoDay(-1), '--to', isoDay(2)];

/** Run `npm run reconcile` as a process of its own. */
const reconcile = (args: string[] = [], stripeUrl = world.emulator.url) =>
  run('node', ['src/bin/reconcile.ts', ...SPAN, ...args], {
    NODE_ENV: 'test',
    DATABASE_URL: world.databaseUrl,
    STRIPE_SECRET_KEY: world.emulator.secretKey,
    STRIPE_WEBHOOK_SECRET: world.emulator.webhookSecret,
    STRIPE_API_URL: stripeUrl,
  });

/** The first word of each line but the last, and the last line. */
function readReport(out: string) {
  const lines = out.trim().split('\n');
  return { kinds: lines.slice(0, -1).map((line) => line.split(':')[0]!), total: lines.at(-1)! };
}

async function bought() {
  const held = await world.held();
  const { booking } = await pay(held);
  return { held, booking, intent: await intentOf(world, booking) };
}

/** A Booking that was refunded in part by hand, then cancelled. */
async function cancelled() {
  const sale = await bought();
  await dashboard.refunds.create({ payment_intent: sale.intent, amount: 100 });
  await world.countCallsAnew();
  await giveBack(sale.held, sale.booking);
  await world.countCallsAnew();
  return sale;
}

/** A payment for nothing, of this database. */
async function strayCharge(): Promise<string> {
  const { rows } = await world.platform.db.execute<{ id: string }>(sql`select id from shops`);
  const { id } = await dashboard.paymentIntents.create({
    ...{ amount: 700, currency: 'eur', payment_method: 'pm_card_visa', confirm: true },
    allowed_payment_method_types: ['card'],
    metadata: { eventId: crypto.randomUUID(), reservationId: crypto.randomUUID(), shopId: rows[0]!.id },
  });
  return id;
}

test('npm run reconcile exits with 0 where all is recorded, and with 1 and a line for each planted difference', async () => {
  const [missing, wrong, other] = [await bought(), await cancelled(), await cancelled()].map(
    ({ intent }) => intent,
  );
  const clean = await reconcile();
  expect(clean).toMatchObject({ code: 0, err: '' });
  expect(readReport(clean.out)).toMatchObject({
    kinds: [],
    total: expect.stringMatching(/: 0 differences$/),
  });

  const { db } = world.platform;
  await db.execute(sql`delete from ledger_entries where stripe_id = ${missing}`);
  await db.execute(sql`update refunds set amount = 101 where intent_id = ${wrong} and amount = 100`);
  await db.execute(sql`update refunds set currency = 'USD' where intent_id = ${other} and amount = 100`);
  await world.stripe.setWebhooks({ mode: 'hold' });
  const stray = await strayCharge();
  const found = await reconcile();
  expect(found).toMatchObject({ code: 1, err: '' });
  expect(found.out).toMatch(new RegExp(`stray-charge.*${stray}`));
  const { kinds, total } = readReport(found.out);
  expect(kinds.toSorted()).toEqual(['missing-row', 'stray-charge', 'wrong-amount', 'wrong-currency']);
  expect(total).toMatch(/: 4 differences$/);

  await db.execute(sql`update refunds set amount = 100 where intent_id = ${wrong} and amount = 101`);
  await db.execute(sql`update refunds set currency = 'EUR' where intent_id = ${other}`);
  await world.stripe.setWebhooks({ mode: 'deliver' });
  await world.stripe.releaseWebhooks();
  await world.countCallsAnew(); // the server refunds the stray charge
  expect(await reconcile(['--record'])).toMatchObject({ code: 1 });
  expect(await reconcile()).toMatchObject({ code: 0 });
});

test('without Stripe it compares nothing, and says so', async () => {
  const { code, out, err } = await reconcile([], 'http://127.0.0.1:9');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/Stripe/);
  expect(err).not.toMatch(/^ +at /m);
});
