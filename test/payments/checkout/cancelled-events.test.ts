import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';

import {
  bookingOf,
  intentOf,
  pay,
  untilBooking,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

let world: CheckoutWorld;
shareCheckoutWorld((shared) => ({ world } = shared));

const cancelEvent = ({ event }: Held) =>
  world.platform.db.execute(sql`update events set status = 'CANCELLED' where id = ${event.id}`);

test('what is held of a cancelled Event cannot be paid', async () => {
  const held = await world.held();
  await cancelEvent(held);
  await world.stripe.resetCalls();
  expect(await pay(held)).toMatchObject({
    __typename: 'ReservationOver',
    message: 'The event was cancelled.',
  });
  expect(await world.stripe.calls()).toEqual({});
  expect(await bookingOf(held)).toBeNull();
});

test('a payment that succeeds after its Event was cancelled is refunded, though the hold lasts', async () => {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_authenticationRequired' });
  await cancelEvent(held);
  await world.stripe.authenticate(await intentOf(world, booking), 'complete');
  await untilBooking(held, 'REFUNDED');
});
