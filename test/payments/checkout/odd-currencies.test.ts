import { afterAll, beforeAll, expect, test } from 'vitest';

import { openCheckoutWorld, payment, type CheckoutWorld } from '../../support/checkout-world.ts';

let world: CheckoutWorld;
beforeAll(async () => void (world = await openCheckoutWorld()));
afterAll(() => world?.[Symbol.asyncDispose]());

test.each<[string, unknown]>([
  ['an object without a text', { toString: 1, valueOf: 1 }],
  ['lists within lists', JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)],
  ['a list of its code', ['EUR']],
])('a payment in a currency that is %s is refused as a mistake of the client', async (_what, currency) => {
  const held = await world.held();
  const { errors } = await held.client.send(
    'mutation ($input: ConfirmBookingInput!) { confirmBooking(input: $input) { __typename } }',
    { input: payment(held, { amount: { amount: 10_000, currency: currency as string } }) },
  );
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});
