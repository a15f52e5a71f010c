import { afterEach, describe, expect, test } from 'vitest';

import { FollowRefused, type FollowOptions, type SeatMapState } from '../../src/client/index.ts';
import { openLiveServer, type LiveServer } from '../realtime/live-server.ts';
import { ORGANISER } from '../support/seed.ts';
import { eventually } from '../support/wait-until.ts';
import { subscribeManually } from './manual-subscription.ts';
import { openRelay, type Relay } from './relay.ts';

const opened = new Set<AsyncDisposable>();
afterEach(async () => {
  for (const one of [...opened].toReversed()) await one[Symbol.asyncDispose]();
  opened.clear();
});
const keep = <T extends AsyncDisposable>(one: T): T => {
  opened.add(one);
  return one;
};
const start = async (environment: Record<string, string> = {}): Promise<LiveServer> =>
  keep(await openLiveServer(environment));
const relayTo = async (url: string): Promise<Relay> => keep(await openRelay(url));

const textOf = ({ statuses }: SeatMapState) => String.fromCharCode(...statuses);

describe.each(['websocket', 'sse'] as const)('over %s', (transport) => {
  const follow = (options: Omit<FollowOptions, 'transport'>) => subscribeManually({ transport, ...options });

  test('the map is painted, and repainted where it changes', async () => {
    const { url, onSale, count } = await start();
    const { event, set } = await onSale(40);
    const following = follow({ url: `${url}/`, event });
    const map = await following.next();
    expect(map).toMatchObject({ available: 40, stale: false, changed: null });
    expect(textOf(map)).toBe('A'.repeat(40));

    await set([2, 39], 'B');
    const changed = await following.next();
    expect(changed).toMatchObject({ available: 38, changed: [2, 39] });
    expect(changed.statusOf(39)).toBe('B');
    await following.end();
    await eventually('it is gone', async () => (await count('realtimeConnections')) === 0);
  });

  test('a loop that is slow gets fewer states, not older ones', async () => {
    const { url, onSale, count } = await start();
    const { event, set } = await onSale(40);
    const following = follow({ url, event });
    await following.next();
    const delivered = await count('realtimeDeliveries');
    for (let place = 0; place < 10; place++) await set([place], 'B');
    await eventually('all is sent', async () => (await count('realtimeDeliveries')) > delivered);
    const seen = new Set<number>();
    await following.until((state) => {
      for (const place of state.changed!) seen.add(place);
      return state.available === 30;
    });
    expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await following.end();
  });

  test('a connection that breaks is made again, and what was missed is caught up with', async () => {
    const { url, onSale } = await start();
    const { event, set } = await onSale(40);
    const relay = await relayTo(url);
    const following = follow({ url: relay.url, event });
    const { epoch } = await following.next();
    await set([1], 'B');
    await following.next();

    relay.refuse(true);
    relay.cut();
    await set([2, 3], 'B');
    await eventually('it was tried again', async () => following.lost.length >= 2);
    relay.refuse(false);

    const after = await following.until(({ available }) => available === 37);
    expect(after).toMatchObject({ epoch, changed: expect.arrayContaining([2, 3]) }); // deltas, not a whole map
    await following.end();
  });

  test('a line that falls silent is given up', async () => {
    const { url, onSale } = await start();
    const { event, set } = await onSale(40);
    const relay = await relayTo(url);
    const following = follow({ url: relay.url, event, silenceMs: 200 });
    await following.next();
    relay.blackHole(); // nothing gets through, and nobody says so
    await set([7], 'B');
    const after = await following.until(({ available }) => available === 39);
    expect(after.changed).toEqual([7]);
    expect(following.lost[0]!.message).toContain('silent');
    await following.end();
  });

  test('a delta that is lost on the way is noticed, and the map is fetched anew', async () => {
    const { url, onSale } = await start();
    const { event, set } = await onSale(40);
    const relay = await relayTo(url);
    const following = follow({ url: relay.url, event });
    await following.next();
    relay.dropMessage('"places":[5]');
    await set([5], 'B');
    await eventually('one was lost', async () => relay.dropped === 1);
    await set([6], 'B');
    const mended = await following.until(({ available }) => available === 38);
    expect(mended.changed).toBeNull(); // a whole map
    expect(textOf(mended).slice(4, 8)).toBe('ABBA');
    expect(following.lost).toHaveLength(1);
    await following.end();
  });

  test('a restart of the server is waited for as long as it says', async () => {
    const { url, onSale, stop } = await start();
    const { event } = await onSale(40);
    const waits: number[] = [];
    const over = new AbortController();
    const following = follow({
      url,
      event,
      signal: over.signal,
      onLost: (lost, retryInMs) => {
        if (lost.retryAfterMs !== null) waits.push(retryInMs - lost.retryAfterMs);
        over.abort();
      },
    });
    await following.next();
    await stop();
    expect(await following.states.next()).toMatchObject({ done: true });
    expect(waits).toEqual([0]);
  });

  test.each([
    ['an Event that cannot be followed', { event: 'nothing' }, 'BAD_USER_INPUT'],
    ['a token that is not good', { token: 'a.b.c' }, /UNAUTHENTICATED|4403/],
  ])('%s is told, and not tried again', async (_what, options, code) => {
    const { url, onSale } = await start();
    const { event } = await onSale();
    const following = follow({ url, event, ...options });
    const refusal = await following.next().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(FollowRefused);
    expect((refusal as FollowRefused).code).toMatch(code);
    expect(following.lost).toEqual([]);
  });

  test('a token opens a draft, and is fetched anew for each connection', async () => {
    const { url, draft, token } = await start();
    const { event } = await draft();
    const relay = await relayTo(url);
    let fetched = 0;
    const following = follow({
      url: relay.url,
      event,
      token: () => {
        fetched++;
        return token(ORGANISER, 'ORGANISER');
      },
    });
    await following.next();
    relay.cut();
    await eventually('it is fetched again', async () => fetched === 2);
    await following.end();
  });

  test('whoever has enough before it began gets nothing', async () => {
    const following = follow({ url: 'http://127.0.0.1:9', event: 'nothing', signal: AbortSignal.abort() });
    expect(await following.states.next()).toMatchObject({ done: true });
  });
});

test('over sse, fetch is not called as a method of something, which browsers refuse', async () => {
  const { url, onSale } = await start();
  const { event } = await onSale(40);
  const pickyFetch = function (this: unknown, ...args: Parameters<typeof fetch>) {
    if (this !== undefined && this !== globalThis) throw new TypeError('Illegal invocation');
    return fetch(...args);
  };
  const ending = new AbortController();
  const lost: string[] = [];
  const following = subscribeManually({
    url,
    event,
    transport: 'sse',
    fetch: pickyFetch,
    signal: ending.signal,
    onLost({ message }) {
      lost.push(message);
      ending.abort();
    },
  });
  const { value } = await following.states.next();
  expect(lost).toEqual([]);
  expect(value).toMatchObject({ available: 40 });
  await following.end();
});
