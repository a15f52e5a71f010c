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
  test('pages of foreign origins are refused; own and listed origins, and clients without one, may connect', async () => {
    const live = await start(PAGES);
    const { event } = await live.onSale();
    const refused = await transport.subscribe(live.url, { variables: { event }, origin: FOREIGN });
    expect((await refused.ended).code).toBe(foreign);
    expect(await live.count('realtimeRefusals')).toBe(1);
    for (const origin of [PAGES.CORS_ORIGINS, live.url, undefined]) {
      const subscriber = await transport.subscribe(live.url, {
        variables: { event },
        ...(origin && { origin }),
      });
      expect((await subscriber.next()).data.seatMapChanged.__typename).toBe('SeatMap');
      subscriber.close();
    }
  });

  test('an invalid token is refused', async () => {
    const live = await start();
    const { event } = await live.onSale();
    const refused = await transport.subscribe(live.url, { variables: { event }, token: 'a.b.c' });
    expect(await refused.ended).toMatchObject({
      code: badToken,
      reason: expect.stringContaining('The token was not accepted'),
    });
  });

  test('connections per address are limited, and a closed one makes room for another', async () => {
    const live = await start({ LIMIT_SOCKETS_PER_ADDRESS: '2' });
    const { event } = await live.onSale();
    const subscribe = () => transport.subscribe(live.url, { variables: { event } });
    const subscribers = [await subscribe(), await subscribe()];
    await Promise.all(subscribers.map((subscriber) => subscriber.next()));
    expect((await (await subscribe()).ended).code).toBe(tooMany);

    subscribers[0]!.close();
    await eventually('it is closed', async () => (await live.count('realtimeConnections')) === 1);
    expect((await (await subscribe()).next()).data.seatMapChanged.__typename).toBe('SeatMap');
  });

  test('connections per IPv6 network are limited, too, and the refusal says which it was', async () => {
    const live = await start({
      ...{ LIMIT_SOCKETS_PER_ADDRESS: '1', LIMIT_ADDRESSES_PER_NETWORK: '2', TRUST_PROXY: 'loopback' },
    });
    const { event } = await live.onSale();
    const subscribe = (address: string) => transport.subscribe(live.url, { variables: { event }, address });
    const subscribers = [await subscribe('2001:db8:1:1::1'), await subscribe('2001:db8:1:2::1')];
    await Promise.all(subscribers.map((subscriber) => subscriber.next()));
    for (const [address, reason] of [
      ['2001:db8:1:1::2', 'At most 1 connections from one address'],
      ['2001:db8:1:3::1', 'At most 2 connections from one IPv6 network (/48)'],
    ] as const) {
      const { code, reason: text } = await (await subscribe(address)).ended;
      expect([code, text]).toEqual([tooMany, expect.stringContaining(reason)]);
    }
    for (const subscriber of subscribers) subscriber.close();
    await eventually('they are closed', async () => (await live.count('realtimeConnections')) === 0);
    expect((await (await subscribe('2001:db8:1:3::1')).next()).data.seatMapChanged.__typename).toBe(
      'SeatMap',
    );
  });

  test('a slow consumer is dropped, and others are not affected', async () => {
    const live = await start({
      LIMIT_BUFFERED_BYTES: '100000',
      ...{ LIMIT_ALIASES: '1000', LIMIT_TOKENS: '10000', LIMIT_COST: '10000' },
    });
    const { event, set } = await live.onSale(400);
    const subscriber = await transport.subscribe(live.url, { variables: { event } });
    await subscriber.next();
    const slowConsumer = await subscribeWithoutReading(transport.name, live.url, event, LARGE_SUBSCRIPTION);
    await eventually('both are subscribed', async () => (await live.count('realtimeSubscriptions')) === 2);

    const places = Array.from({ length: 50 }, (_, place) => place);
    let status: 'A' | 'B' = 'A';
    const change = async (changed: number[]) => {
      await set(changed, (status = status === 'A' ? 'B' : 'A'));
      expect((await subscriber.next()).data.seatMapChanged.places).toEqual(changed);
    };
    while ((await live.count('realtimeSlowReaders')) === 0) await change(places);
    expect(await live.count('realtimeSlowReaders')).toBe(1);
    await change([0]);
    slowConsumer.destroy();
    await eventually('it is closed', async () => (await live.count('realtimeSubscriptions')) === 1);
    subscriber.close();
  });

  test('at a restart each client gets a reconnect delay of its own', async () => {
    const live = await start();
    const { event } = await live.onSale();
    const subscribers = await Promise.all(
      Array.from({ length: 8 }, () => transport.subscribe(live.url, { variables: { event } })),
    );
    await Promise.all(subscribers.map((subscriber) => subscriber.next()));
    const slowConsumer = await subscribeWithoutReading(transport.name, live.url, event);
    await eventually('all are subscribed', async () => (await live.count('realtimeSubscriptions')) === 9);

    await live.stop();
    const ends = await Promise.all(subscribers.map((subscriber) => subscriber.ended));
    expect(new Set(ends.map(({ code }) => code))).toEqual(new Set([transport === overSse ? 200 : 1012]));
    const hints = ends.map(({ retryMs }) => retryMs!);
    expect(hints.every((ms) => ms >= 0 && ms < 10_000)).toBe(true);
    expect(new Set(hints).size).toBeGreaterThan(1);
    await expect(transport.subscribe(live.url, { variables: { event } })).rejects.toThrow(); // the port is closed
    slowConsumer.destroy();
  });
});
