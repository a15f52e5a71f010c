import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { AmountScalar } from '../../../src/app/graphql/amount-scalar.ts';
import type { Client } from '../../support/client.ts';
import { draftEvent, ORGANISER } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let organiser: Client;
beforeAll(async () => {
  world = await openWorld();
  organiser = await world.as(ORGANISER, 'ORGANISER');
});
afterAll(() => world[Symbol.asyncDispose]());

const MAX = Number.MAX_SAFE_INTEGER;

const PUBLISH = `mutation ($input: PublishEventInput!) {
  publishEvent(input: $input) { __typename ... on InvalidInput { problems { path message } } }
}`;

describe('an amount', () => {
  test.each([0.1, 1.5, '5000', true, [], {}, [50], MAX + 1, -MAX - 1, 1e300, null])(
    'as a variable cannot be %o: the error names the field',
    async (amount) => {
      const { event } = await draftEvent(world.platform);
      const input = { event, currency: 'EUR', prices: [{ tier: 0, amount }] };
      const { errors } = await organiser.send(PUBLISH, { input });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(errors[0]!.message).toMatch(/at "input.prices\[0\].amount"/);
    },
  );

  test.each(['1.5', '1e3', '"5000"', 'true', '{}', '[50, 60]', `${MAX}1`, `-${MAX}1`])(
    'as a literal cannot be %s',
    async (amount) => {
      const { errors } = await organiser.send(
        `{ searchEvents(input: { price: { currency: "EUR", min: ${amount} } }) { totalCount } }`,
      );
      expect(errors).toMatchObject([
        {
          message: expect.stringMatching(/^Amount must be/),
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
          locations: [{ line: 1 }],
        },
      ]);
    },
  );

  test.each([MAX, -MAX, 0, 3_000_000_000])('%i is read as it was written', async (amount) => {
    expect(AmountScalar.parseValue(amount)).toBe(amount);
    expect(AmountScalar.serialize(amount)).toBe(amount);
    const { data } = await organiser.send(
      `{ searchEvents(input: { price: { currency: "IDR", max: ${Math.abs(amount)} } }) { totalCount } }`,
    );
    expect(data).toEqual({ searchEvents: { totalCount: 0 } });
  });

  test('is sent as a JSON number, or not at all', () => {
    expect(() => AmountScalar.serialize('5')).toThrow();
    expect(() => AmountScalar.serialize(5n)).toThrow();
    expect(() => AmountScalar.serialize(1.5)).toThrow();
    expect(() => AmountScalar.serialize(MAX + 1)).toThrow();
    expect(Object.is(AmountScalar.parseValue(-0), 0)).toBe(true);
  });
});
