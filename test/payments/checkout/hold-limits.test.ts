import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';

import { pay, type CheckoutWorld } from '../../support/checkout-world.ts';
import { keyOf, reserved, runOut } from '../../support/holds.ts';
import { eventOnSale } from '../../support/seed.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const DECLINED = { paymentMethod: 'pm_card_chargeDeclined' };

let world: CheckoutWorld;
shareCheckoutWorld((shared) => ({ world } = shared));

/** A hold of thirty seconds, which cannot be extended. */
async function shortHold() {
  const event = await eventOnSale(world.platform, { seats: 4 }, { holdSeconds: 30, holdCapSeconds: 30 });
  const client = await world.as('fan');
  const reservation = await reserved(client, event.event, { places: [0] });
  const times = async () => {
    const { node } = await client.ask(
      'query ($id: ID!) { node(id: $id) { ... on Reservation { status heldUntil extendableUntil heldAtMostUntil } } }',
      { id: reservation.id },
    );
    const { status, ...instants } = node;
    return {
      status,
      ...(Object.fromEntries(
        Object.entries(instants).map(([name, instant]) => [name, Date.parse(instant as string)]),
      ) as Record<'heldUntil' | 'extendableUntil' | 'heldAtMostUntil', number>),
    };
  };
  return { held: { client, event, name: 'fan', reservation }, times };
}

test('a hold tells how long attempts to pay can extend it, before, during and after them', async () => {
  const { held, times } = await shortHold();
  const before = await times();
  expect(before.extendableUntil).toBe(before.heldUntil);
  expect(before.heldAtMostUntil - before.heldUntil).toBe(900_000);

  for (let attempt = 1; attempt <= 3; attempt++) {
    const waiting = await pay(held, { paymentMethod: 'pm_card_authenticationRequired' });
    expect(waiting).toMatchObject({ __typename: 'PaymentActionRequired' });
    const during = await times();
    expect(during.heldUntil).toBeGreaterThan(before.heldUntil);
    expect(during.extendableUntil).toBe(during.heldUntil); // `extendReservation` moves it no further
    expect(during.heldUntil).toBeLessThanOrEqual(during.heldAtMostUntil);
    expect(during.heldAtMostUntil).toBe(before.heldAtMostUntil);
  }
  expect(await pay(held, DECLINED)).toMatchObject({ __typename: 'PaymentDeclined' });
  const after = await times();
  expect(after).toMatchObject({ status: 'HELD', heldAtMostUntil: before.heldAtMostUntil });
  expect(after.heldUntil).toBeLessThanOrEqual(after.heldAtMostUntil);
  expect(await held.client.mutate('extendReservation', { reservation: held.reservation.id })).toMatchObject({
    __typename: 'ReservationAtCap',
  });
});

test('no attempt holds the tickets beyond that, not even by a second', async () => {
  const { held, times } = await shortHold();
  const { id } = keyOf(held.reservation);
  // as if fourteen minutes of attempts had passed: the hold was created so long ago
  await world.platform.db.execute(
    sql`update reservations set held_until_cap = held_until_cap - interval '14 minutes' where id = ${id}`,
  );
  const { heldAtMostUntil } = await times();
  await pay(held, DECLINED);
  const after = await times();
  expect(after.heldAtMostUntil).toBe(heldAtMostUntil);
  expect(after.heldUntil).toBe(heldAtMostUntil);
});

test('a hold that has ended says when it did, whatever its cap was', async () => {
  const { held, times } = await shortHold();
  await runOut(world.platform.db, held.reservation);
  const { status, heldUntil, extendableUntil, heldAtMostUntil } = await times();
  expect(status).toBe('EXPIRED');
  expect([extendableUntil, heldAtMostUntil]).toEqual([heldUntil, heldUntil]);
});
