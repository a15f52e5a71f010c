import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';

import { openCheckoutWorld, pay, untilBooking } from '../../support/checkout-world.ts';
import { keyOf, reserved } from '../../support/holds.ts';
import { countAlarms } from '../../support/shared-checkout-world.ts';

// The place of a sold ticket is freed by hand, as a bug would: only the unique index of sold places is left.
test('a place that another Booking has is refunded with one alarm, and its Reservation can be released', async () => {
  await using world = await openCheckoutWorld();
  const first = await world.held();
  expect(await pay(first)).toMatchObject({ __typename: 'BookingConfirmed' });
  const client = await world.as('second');
  await world.platform.db.execute(sql`
    update tickets set status = 'AVAILABLE', reservation_id = null, held_until = null, version = version + 1
    where event_id = ${first.event.id} and place = 0`);
  const second = {
    ...first,
    client,
    reservation: await reserved(client, first.event.event, { places: [0] }),
  };

  expect(await pay(second)).toMatchObject({ __typename: 'BookingRefunded' });
  await untilBooking(second, 'REFUNDED');
  expect(await countAlarms(world, 'place-sold-twice')).toBe(1);
  const { eventId, id } = keyOf(second.reservation);
  const { rows } = await world.platform.db.execute(
    sql`select status, paying_since from reservations where event_id = ${eventId} and id = ${id}`,
  );
  expect(rows).toEqual([{ status: 'HELD', paying_since: null }]);
  const released = await client.mutate(
    'releaseReservation',
    { reservation: second.reservation.id },
    '... on ReservationReleased { reservation { status } }',
  );
  expect(released).toMatchObject({ reservation: { status: 'RELEASED' } });
});
