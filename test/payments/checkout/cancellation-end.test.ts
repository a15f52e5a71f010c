import { expect, test } from 'vitest';

import { giveBack, pay, untilBooking, type CheckoutWorld, type Held } from '../../support/checkout-world.ts';
import { inDays, ORGANISER } from '../../support/seed.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

let world: CheckoutWorld;
shareCheckoutWorld((shared) => void ({ world } = shared));

async function bought(): Promise<Held & { booking: { id: string } }> {
  const held = await world.held();
  const { booking } = await pay(held);
  return { ...held, booking };
}
const update = async ({ event }: Held, fields: object) =>
  (await world.as(ORGANISER, 'ORGANISER')).mutate(
    'updateEvent',
    { id: event.event, event: fields },
    '... on EventUpdated { event { cancellationEndsAt cancellationEndsAtLocal } } ... on InvalidInput { problems { path message } }',
  );

test('tickets can be given back until the organiser says, and no longer', async () => {
  const held = await bought();
  expect((await update(held, { cancellationEndsAt: inDays(-1) })).__typename).toBe('EventUpdated');
  expect(await giveBack(held, held.booking)).toMatchObject({
    __typename: 'BookingNotCancellable',
    message: 'The time in which the booking could be cancelled is over.',
    booking: { status: 'CONFIRMED' },
  });
  expect((await update(held, { cancellationEndsAt: inDays(1) })).__typename).toBe('EventUpdated');
  expect(await giveBack(held, held.booking)).toMatchObject({ __typename: 'BookingCancelled' });
  await untilBooking(held, 'CANCELLED');
});

test('an Event that is moved gives its buyers a new time, set in the same call', async () => {
  const held = await bought();
  await update(held, { cancellationEndsAt: inDays(-1) });
  expect((await giveBack(held, held.booking)).__typename).toBe('BookingNotCancellable');
  await update(held, { startsAt: inDays(60), cancellationEndsAt: inDays(14) });
  expect((await giveBack(held, held.booking)).__typename).toBe('BookingCancelled');
  await untilBooking(held, 'CANCELLED');
});

test('without a time of its own it is the start of the Event, and null resets it', async () => {
  const held = await bought();
  await update(held, { cancellationEndsAt: inDays(-1) });
  expect(await update(held, { cancellationEndsAt: null })).toMatchObject({
    event: { cancellationEndsAt: null },
  });
  await world.platform
    .sql`update events set starts_at = now() - interval '1 minute' where id = ${held.event.id}`;
  expect((await giveBack(held, held.booking)).__typename).toBe('BookingNotCancellable');
  await world.platform
    .sql`update events set starts_at = now() + interval '1 hour' where id = ${held.event.id}`;
  expect((await giveBack(held, held.booking)).__typename).toBe('BookingCancelled');
  await untilBooking(held, 'CANCELLED');
});

test('the time is not after the start, and may be local', async () => {
  const held = await world.held();
  const startsAt = '2031-05-01T19:00:00Z';
  expect(await update(held, { startsAt, cancellationEndsAt: '2031-05-01T19:00:01Z' })).toMatchObject({
    problems: [{ path: ['event', 'cancellationEndsAt'], message: 'is after `startsAt`' }],
  });
  expect(await update(held, { startsAt, cancellationEndsAtLocal: '2031-05-01T12:00' })).toMatchObject({
    event: { cancellationEndsAt: '2031-05-01T10:00:00.000Z', cancellationEndsAtLocal: '2031-05-01T12:00' },
  });
  expect(await update(held, { startsAt: '2031-05-01T09:00:00Z' })).toMatchObject({
    problems: [{ path: ['event', 'startsAt'], message: 'is before `cancellationEndsAt`' }],
  });
});
