import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Client } from '../../support/client.ts';
import { draftEvent, inDays, ORGANISER } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let organiser: Client;
beforeAll(async () => {
  world = await openWorld();
  organiser = await world.as(ORGANISER, 'ORGANISER');
});
afterAll(() => world[Symbol.asyncDispose]());

const publish = (event: string) =>
  organiser.mutate(
    'publishEvent',
    { event, currency: 'EUR', prices: [{ tier: 0, amount: 5_000 }] },
    '... on EventPublished { tickets } ... on InvalidInput { problems { path message } }',
  );
const draft = async (times: Parameters<typeof draftEvent>[2]): Promise<string> =>
  (await draftEvent(world.platform, { seats: 20 }, times)).event;

describe('an Event is not published', () => {
  test.each<[string, Parameters<typeof draftEvent>[2], string]>([
    ['that is over', { startsAt: inDays(-2), endsAt: inDays(-1), saleEndsAt: inDays(5) }, 'endsAt'],
    ['that is taken to be over', { startsAt: inDays(-1), saleEndsAt: inDays(5) }, 'startsAt'],
    ['that has begun, when its sale ends', { startsAt: inDays(-1), endsAt: inDays(1) }, 'startsAt'],
    ['whose sale is over', { startsAt: inDays(2), saleEndsAt: inDays(-1) }, 'saleEndsAt'],
    ['whose sale begins after it', { startsAt: inDays(2), saleStartsAt: inDays(3) }, 'saleStartsAt'],
    [
      'whose sale begins when it ends',
      { startsAt: inDays(2), saleStartsAt: inDays(1), saleEndsAt: inDays(1) },
      'saleEndsAt',
    ],
    [
      'whose sale ends after it',
      { startsAt: inDays(2), endsAt: inDays(3), saleEndsAt: inDays(4) },
      'saleEndsAt',
    ],
    ['whose sale ends after its assumed end', { startsAt: inDays(2), saleEndsAt: inDays(3) }, 'saleEndsAt'],
  ])('%s', async (_what, times, field) => {
    const answer = await publish(await draft(times));

    expect(answer.__typename).toBe('InvalidInput');
    const messages = answer.problems.map(({ message }: { message: string }) => message);
    expect(messages).toContainEqual(expect.stringMatching(`^\`${field}\``));
    expect(answer.problems.map(({ path }: { path: string[] }) => path)).toContainEqual(['event']);
  });
});

test('an Event that has begun is refused with the time that its sale ended for lack of another', async () => {
  expect(await publish(await draft({ startsAt: inDays(-1), endsAt: inDays(1) }))).toMatchObject({
    problems: [{ message: expect.stringMatching(/without `saleEndsAt` the sale ended then/) }],
  });
});

test.each<[string, Parameters<typeof draftEvent>[2]]>([
  ['has begun and is sold until it ends', { startsAt: inDays(-1), endsAt: inDays(1), saleEndsAt: inDays(1) }],
  [
    'is sold until two hours after it starts',
    { startsAt: inDays(1), saleEndsAt: new Date(inDays(1).getTime() + 7_200_000) },
  ],
])('an Event that %s is published', async (_what, times) => {
  expect(await publish(await draft(times))).toMatchObject({ __typename: 'EventPublished' });
});
