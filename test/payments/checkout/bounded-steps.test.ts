import { afterAll, beforeAll, expect, test } from 'vitest';

import { openCheckoutWorld, pay, type CheckoutWorld } from '../../support/checkout-world.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld({ roles: ['api'] });
});
afterAll(() => world?.[Symbol.asyncDispose]());

test('a checkout that never advances is answered as pending, and advances once it can', async () => {
  const { sql } = world.platform;
  await sql.unsafe(`
    create function keep_step() returns trigger language plpgsql as $$ begin return null; end $$;
    create trigger keep_step before update of step on bookings for each row execute function keep_step()`);
  const held = await world.held();
  expect(await pay(held, { key: 'stuck' })).toMatchObject({ __typename: 'PaymentPending' });

  await sql`drop trigger keep_step on bookings`;
  expect(await pay(held, { key: 'stuck' })).toMatchObject({ __typename: 'BookingConfirmed' });
  expect(await world.findings()).toEqual([]);
});
