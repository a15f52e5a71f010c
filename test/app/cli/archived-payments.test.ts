import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  bookingOf,
  intentOf,
  openCheckoutWorld,
  pay,
  stripeOf,
  until,
  untilBooking,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { countAlarms } from '../../support/shared-checkout-world.ts';
import { archiveYear, letPass, pastSale, rowsOf } from './past-events.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

test('a payment that arrives after its Event was archived is refunded', async () => {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_authenticationRequired' });
  const intent = await intentOf(world, booking);
  await world.stripe.authenticate(intent, 'fail');
  await untilBooking(held, 'DECLINED');
  await letPass(world, held.event.id, 2001);
  expect(await archiveYear(world, 2001)).toMatchObject({ archived: 1 });

  await stripeOf(world).paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });

  await untilBooking(held, 'REFUNDED');
  await until(async () => {
    const { refunds } = await world.stripe.payments();
    expect(refunds.filter(({ payment_intent }) => payment_intent === intent)).toMatchObject([
      { amount: 10_000, status: 'succeeded' },
    ]);
  });
  expect(await rowsOf(world, held.event.id)).toMatchObject({ tickets: 0, reservations: 0 });
});

test('a payment that arrives while its tickets are being archived is refunded', async () => {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_authenticationRequired' });
  const intent = await intentOf(world, booking);
  await world.stripe.authenticate(intent, 'fail');
  await untilBooking(held, 'DECLINED');
  await letPass(world, held.event.id, 2002);
  let asked = 0;
  await archiveYear(world, 2002, { batchSize: 39, isStopped: () => ++asked > 3 });
  expect(await rowsOf(world, held.event.id)).toMatchObject({ tickets: 1, reservations: 0 });

  await stripeOf(world).paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });

  await untilBooking(held, 'REFUNDED');
  await archiveYear(world, 2002);
  expect(await rowsOf(world, held.event.id)).toMatchObject({ tickets: 0, archivedTickets: 40 });
});

test('a refund in the dashboard raises its alarm, and the Booking stays readable', async () => {
  const sale = await pastSale(world, 2003);
  await archiveYear(world, 2003);
  const dashboard = stripeOf(world);
  const { id } = await dashboard.refunds.create({ payment_intent: await intentOf(world, sale.booking) });
  await dashboard.refunds.update(id, { metadata: { reason: 'goodwill' } }); // sends `refund.updated`
  await until(async () => {
    expect(await countAlarms(world, 'refunded-elsewhere')).toBe(1);
  });
  expect(await bookingOf(sale)).toMatchObject({ status: 'CONFIRMED', tickets: [{ place: 3 }, {}, {}] });
});
