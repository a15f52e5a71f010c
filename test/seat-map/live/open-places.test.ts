import { afterAll, beforeAll, expect, test } from 'vitest';

import { eventOnSale } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openLivePlatform, type LivePlatform } from '../live-platform.ts';

let live: LivePlatform;
beforeAll(async () => {
  live = await openLivePlatform();
});
afterAll(() => live[Symbol.asyncDispose]());

test('the places of all open maps are limited, and a closed map makes room', async () => {
  const maps = live.openMaps({ maxOpenPlaces: 100, idleTtlMs: 50 });
  const events = [];
  for (let n = 0; n < 4; n++) events.push(await eventOnSale(live.platform, { seats: 40 }));
  const [one, two, three, four] = events as [
    (typeof events)[0],
    (typeof events)[0],
    (typeof events)[0],
    (typeof events)[0],
  ];

  const opened = await Promise.allSettled([one, two, three].map(({ id }) => maps.subscribe(null, id)));
  expect(opened.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  const refused = opened.find((outcome) => outcome.status === 'rejected');
  expect(refused?.reason).toMatchObject({
    extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 5 },
  });
  expect(await maps.read(null, three.id)).not.toBeNull(); // a map can still be read

  await eventually(
    'the idle maps are closed',
    async () => !maps.hasChannel(one.id) && !maps.hasChannel(two.id),
  );
  expect(await maps.subscribe(null, three.id)).not.toBeNull();
  expect(await maps.subscribe(null, four.id)).not.toBeNull();
});
