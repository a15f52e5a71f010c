import { afterEach, describe, expect, test } from 'vitest';

import { eventually } from '../support/wait-until.ts';
import { openLiveServer, type LiveServer } from './live-server.ts';
import { LARGE_SUBSCRIPTION, subscribeWithoutReading } from './slow-consumer.ts';
import { overSse, overWebSocket } from './transports.ts';

const open: LiveServer[] = [];
afterEach(async () => {
  for (const live of open.splice(0)) await live[Symbol.asyncDispose]();
});

async function start(environment: Record<string, string> = {}): Promise<LiveServer> {
  const live = await openLiveServer(environment);
  open.push(live);
  return live;
}

const FOREIGN = 'https://elsewhere.example';
const PAGES = { CORS_ORIGINS: 'https://shop.example' };

describe.each([
  { transport: overWebSocket, foreign: 4403, tooMany: 1013, badToken: 4403 },
  { transport: overSse, foreign: 403, tooMany: 429, badToken: 401 },
])('$transport.name', ({ transport, foreign, tooMany, badToken }) => {
  test('pages of foreign origins may not connect; ours, those listed, and programs may', async () => {
    const live = await start(PAGES);
    const { event } = await live.onSale();
    const refused = await transport.subscribe(live.url, { variables: { event }, origin: FOREIGN });
    expect((await refused.ended).code).toBe(foreign);
    expect(await live.count('realtimeRefusals')).toBe(1);
    for (const origin of [PAGES.CORS_ORIGINS, live.url, undefined]) {
      const reader = await transport.subscribe(live.url, { variables: { event }, ...(origin && { origin }) });
      expect((await reader.next()).data.seatMapChanged.__typename).toBe('SeatMap');
      reader.close();
    }
  });

  test('a token that is not good opens nothing', async () => {
    const live = await start();
    const { event } = await live.onSale();
    const refused = await transport.subscribe(live.url, { variables: { event }, token: 'a.b.c' });
    expect(await refused.ended).toMatchObject({
      code: badToken,
      reason: expect.stringContaining('The token was not accepted'),
    });
  });

  test('an address has so many connections, and another when one of them ends', async () => {
    const live = await start({ LIMIT_SOCKETS_PER_ADDRESS: '2' });
    const { event } = await live.onSale();
    const follow = () => transport.subscribe(live.url, { variables: { event } });
    const readers = [await follow(), await follow()];
    await Promise.all(readers.map((reader) => reader.next()));
    expect((await (await follow()).ended).code).toBe(tooMany);

    readers[0]!.close();
    await eventually('it is gone', async () => (await live.count('realtimeConnections')) === 1);
    expect((await (await follow()).next()).data.seatMapChanged.__typename).toBe('SeatMap');
  });

  test('whoever does not read is dropped, and the others notice nothing', async () => {
    const live = await start({
      LIMIT_BUFFERED_BYTES: '100000',
      ...{ LIMIT_ALIASES: '1000', LIMIT_TOKENS: '10000', LIMIT_COST: '10000' },
    });
    const { event, set } = await live.onSale(400);
    const reader = await transport.subscribe(live.url, { variables: { event } });
    await reader.next();
    const deaf = await subscribeWithoutReading(transport.name, live.url, event, LARGE_SUBSCRIPTION);
    await eventually('both are there', async () => (await live.count('realtimeSubscriptions')) === 2);

    const places = Array.from({ length: 50 }, (_, place) => place);
    let status: 'A' | 'B' = 'A';
    const change = async (changed: number[]) => {
      await set(changed, (status = status === 'A' ? 'B' : 'A'));
      expect((await reader.next()).data.seatMapChanged.places).toEqual(changed);
    };
    while ((await live.count('realtimeSlowReaders')) === 0) await change(places);
    expect(await live.count('realtimeSlowReaders')).toBe(1);
    await change([0]);
    deaf.destroy();
    await eventually('it is gone', async () => (await live.count('realtimeSubscriptions')) === 1);
    reader.close();
  });

  test('at a restart everybody is told to come back, each at a time of their own', async () => {
    const live = await start();
    const { event } = await live.onSale();
    const readers = await Promise.all(
      Array.from({ length: 8 }, () => transport.subscribe(live.url, { variables: { event } })),
    );
    await Promise.all(readers.map((reader) => reader.next()));
    const deaf = await subscribeWithoutReading(transport.name, live.url, event);
    await eventually('all are there', async () => (await live.count('realtimeSubscriptions')) === 9);

    await live.stop();
    const ends = await Promise.all(readers.map((reader) => reader.ended));
    expect(new Set(ends.map(({ code }) => code))).toEqual(new Set([transport === overSse ? 200 : 1012]));
    const hints = ends.map(({ retryMs }) => retryMs!);
    expect(hints.every((ms) => ms >= 0 && ms < 10_000)).toBe(true);
    expect(new Set(hints).size).toBeGreaterThan(1);
    await expect(transport.subscribe(live.url, { variables: { event } })).rejects.toThrow(); // nobody listens
    deaf.destroy();
  });
});
