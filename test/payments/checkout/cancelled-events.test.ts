import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';

import {
  bookingOf,
  giveBack,
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

test('a Booking of a cancelled Event can be cancelled when it would have started, too, as docs/operations.md says', async () => {
  const held = await world.held();
  const { booking } = await pay(held);
  const { db } = world.platform;
  await db.execute(sql`
    update events set starts_at = now() - interval '1 hour', sale_ends_at = null where id = ${held.event.id}`);
  expect(await giveBack(held, booking)).toMatchObject({ __typename: 'BookingNotCancellable' });

  const page = await readFile('docs/operations.md', 'utf8');
  const [statements] = /update events set status = 'CANCELLED'[^`]*/.exec(page)!;
  const [cancel, list] = statements.replaceAll('<event>', held.event.id).split(';');
  await db.execute(sql.raw(cancel!));
  const { rows } = await db.execute<{ booking: string }>(sql.raw(list!));
  expect(rows).toEqual([{ booking: booking.id, viewer_id: held.name }]);
  const admin = await world.as('operator', 'ADMIN');
  expect(await giveBack({ client: admin }, { id: rows[0]!.booking })).toMatchObject({
    __typename: 'BookingCancelled',
  });
});
