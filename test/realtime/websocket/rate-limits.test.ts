import { afterEach, expect, test } from 'vitest';

import { openLiveServer, type LiveServer } from '../live-server.ts';
import { overSse, overWebSocket } from '../transports.ts';

const open: LiveServer[] = [];
afterEach(async () => {
  for (const live of open.splice(0)) await live[Symbol.asyncDispose]();
});

async function start(environment: Record<string, string>): Promise<LiveServer> {
  const live = await openLiveServer(environment);
  open.push(live);
  return live;
}

const PLAN =
  'subscription ($event: ID!) { seatMapChanged(event: $event) { ... on SeatMap { plan { sections { key } } } } }'; // 5

test('a subscription counts as a request of its address', async () => {
  const live = await start({ LIMIT_REQUESTS_PER_MINUTE: '3' });
  const codeOf = async () => {
    const subscriber = await overWebSocket.subscribe(live.url, { variables: { event: 'nothing' } });
    const { errors } = await subscriber.next();
    await subscriber.ended;
    return errors[0].extensions.code;
  };
  expect(await codeOf()).toBe('BAD_USER_INPUT'); // the upgrade counted as the first request
  expect(await codeOf()).toBe('RATE_LIMITED');
  await expect(codeOf()).rejects.toThrow('429');
});

test('a subscription with a token counts against its viewer, by what its selection weighs', async () => {
  const live = await start({ LIMIT_REQUESTS_PER_MINUTE: '8' });
  const codeOf = async (viewer: string, query = PLAN) => {
    const token = await live.token(viewer);
    const variables = { event: 'nothing' };
    const subscriber = await overWebSocket.subscribe(live.url, { query, variables, token });
    const { errors } = await subscriber.next();
    await subscriber.ended;
    return errors[0].extensions;
  };
  expect(await codeOf('ana')).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(await codeOf('ana')).toMatchObject({ code: 'RATE_LIMITED', limit: 8, weight: 5 });
  expect(await codeOf('ben')).toMatchObject({ code: 'BAD_USER_INPUT' });
  const rows = '... on SeatedSection { rows { label seats x y firstPlace accessible } }';
  const heavy = PLAN.replace('key', rows); // 10: more than a minute allows
  expect(await codeOf('eve', heavy)).toMatchObject({ code: 'OPERATION_TOO_COMPLEX', what: 'weight' });
});

test.each([overWebSocket, overSse])(
  'what subscriptions over $name weigh counts in the ceiling of their address',
  async (transport) => {
    const live = await start({ LIMIT_REQUESTS_PER_MINUTE: '8', LIMIT_VIEWERS_PER_ADDRESS: '2' });
    const answerTo = async (viewer: string) => {
      const token = await live.token(viewer);
      const variables = { event: 'nothing' };
      const subscriber = await transport.subscribe(live.url, { query: PLAN, variables, token });
      const { errors } = await subscriber.next();
      await subscriber.ended;
      return errors[0].extensions;
    };
    expect(await answerTo('ana')).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await answerTo('ben')).toMatchObject({ code: 'BAD_USER_INPUT' });
    if (transport === overSse) expect(await answerTo('cem')).toMatchObject({ code: 'BAD_USER_INPUT' }); // no upgrade counts
    expect(await answerTo('dot')).toMatchObject({ code: 'RATE_LIMITED', limit: 16, weight: 5 });
  },
);

test('an SSE stream with a token counts against its viewer, not against its address', async () => {
  const live = await start({ LIMIT_REQUESTS_PER_MINUTE: '2' });
  const statusOf = async (viewer?: string) => {
    const token = viewer && (await live.token(viewer));
    const subscriber = await overSse.subscribe(live.url, {
      variables: { event: 'nothing' },
      ...(token && { token }),
    });
    return (await subscriber.ended).code;
  };
  expect([await statusOf('ana'), await statusOf('ana'), await statusOf('ana')]).toEqual([200, 200, 429]);
  expect([await statusOf('ben'), await statusOf(), await statusOf(), await statusOf()]).toEqual([
    200, 200, 200, 429,
  ]);
});
