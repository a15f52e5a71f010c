import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { errorOf, order, startReceiver, startWorld, type Receiver, type World } from './world.ts';

let receiver: Receiver;
let world: World;
beforeAll(async () => {
  receiver = await startReceiver();
  world = await startWorld({ webhookUrl: receiver.url });
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

const paid = () => world.stripe.paymentIntents.create(order('pm_card_visa'));

/** Types of the events about disputes since the last call. */
async function events(): Promise<string[]> {
  await world.control.webhooksSettled();
  const received = receiver.received.splice(0).map(({ type }) => type);
  return received.filter((type) => type.startsWith('charge.dispute.')).toSorted();
}

test('a dispute takes the amount and a fee, and keeps the charge from being refunded', async () => {
  const { id: intent } = await paid();
  const opened = await world.control.dispute(intent);
  expect(await world.stripe.disputes.retrieve(opened.id)).toMatchObject({
    status: 'needs_response',
    amount: 12_500,
    is_charge_refundable: false,
    payment_intent: intent,
    balance_transactions: [{ amount: -12_500, fee: expect.any(Number) }],
  });
  expect(await events()).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn']);
  const refund = world.stripe.refunds.create({ payment_intent: intent });
  const refused = await errorOf(refund, Stripe.errors.StripeInvalidRequestError);
  expect(refused).toMatchObject({ statusCode: 400, code: 'charge_disputed' });
});

test('one that is won gives the amount back, and the charge can be refunded', async () => {
  const { id: intent } = await paid();
  const { id } = await world.control.dispute(intent);
  await events();
  const won = await world.control.settleDispute(id, 'won');
  expect(won.status).toBe('won');
  expect(won.balance_transactions.map(({ amount }) => amount)).toEqual([-12_500, 12_500]);
  expect(await events()).toEqual(['charge.dispute.closed', 'charge.dispute.funds_reinstated']);
  expect((await world.stripe.refunds.create({ payment_intent: intent })).status).toBe('succeeded');
});

test('one that is lost gives nothing back, and is not closed twice', async () => {
  const { id: intent } = await paid();
  const { id } = await world.control.dispute(intent, { amount: 500 });
  await events();
  const lost = await world.stripe.disputes.close(id);
  expect(lost).toMatchObject({ status: 'lost', amount: 500, is_charge_refundable: false });
  expect(lost.balance_transactions).toHaveLength(1);
  expect(await events()).toEqual(['charge.dispute.closed']);
  await errorOf(world.stripe.disputes.close(id), Stripe.errors.StripeInvalidRequestError);
});

test('an inquiry moves no money, and leaves the charge refundable', async () => {
  const { id: intent } = await paid();
  const inquiry = await world.control.dispute(intent, { inquiry: true });
  expect(inquiry).toMatchObject({
    status: 'warning_needs_response',
    balance_transactions: [],
    is_charge_refundable: true,
  });
  expect(await events()).toEqual(['charge.dispute.created']);
  expect((await world.stripe.refunds.create({ payment_intent: intent })).status).toBe('succeeded');
});
