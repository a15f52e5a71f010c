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
const own = <T extends AsyncDisposable>(one: T): T => {
  opened.add(one);
  return one;
};
const start = async (environment: Record<string, string> = {}): Promise<LiveServer> =>
  own(await openLiveServer(environment));
const relayTo = async (url: string): Promise<Relay> => own(await openRelay(url));

const textOf = ({ statuses }: SeatMapState) => String.fromCharCode(...statuses);

describe.each(['websocket', 'sse'] as const)('over %s', (transport) => {
  const subscribe = (options: Omit<FollowOptions, 'transport'>) =>
    subscribeManually({ transport, ...options });

  test('the first state is the whole map, later ones name the changed places', async () => {
    const { url, onSale, count } = await start();
    const { event, set } = await onSale(40);
    const subscription = subscribe({ url: `${url}/`, event });
    const map = await subscription.next();
    expect(map).toMatchObject({ available: 40, stale: false, changed: null });
    expect(textOf(map)).toBe('A'.repeat(40));

    await set([2, 39], 'B');
    const changed = await subscription.next();
    expect(changed).toMatchObject({ available: 38, changed: [2, 39] });
    expect(changed.statusOf(39)).toBe('B');
    await subscription.end();
    await eventually('the connection is closed', async () => (await count('realtimeConnections')) === 0);
  });

  test('a slow loop gets fewer states, not older ones', async () => {
    const { url, onSale, count } = await start();
    const { event, set } = await onSale(40);
    const subscription = subscribe({ url, event });
    await subscription.next();
    const delivered = await count('realtimeDeliveries');
    for (let place = 0; place < 10; place++) await set([place], 'B');
    await eventually('updates were sent', async () => (await count('realtimeDeliveries')) > delivered);
    const seen = new Set<number>();
    await subscription.until((state) => {
      for (const place of state.changed!) seen.add(place);
      return state.available === 30;
    });
    expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await subscription.end();
  });

  test('after a broken connection the client reconnects and resumes with the missed deltas', async () => {
    const { url, onSale } = await start();
    const { event, set } = await onSale(40);
    const relay = await relayTo(url);
    const subscription = subscribe({ url: relay.url, event });
    const { epoch } = await subscription.next();
    await set([1], 'B');
    await subscription.next();

    relay.refuse(true);
    relay.cut();
    await set([2, 3], 'B');
    await eventually('the client has retried', async () => subscription.lost.length >= 2);
    relay.refuse(false);

    const after = await subscription.until(({ available }) => available === 37);
    expect(after).toMatchObject({ epoch, changed: expect.arrayContaining([2, 3]) }); // deltas, not a whole map
    await subscription.end();
  });

  test('a silent connection is abandoned', async () => {
    const { url, onSale } = await start();
    const { event, set } = await onSale(40);
    const relay = await relayTo(url);
    const subscription = subscribe({ url: relay.url, event, silenceMs: 200 });
    await subscription.next();
    relay.blackHole(); // no bytes and no FIN get through
    await set([7], 'B');
    const after = await subscription.until(({ available }) => available === 39);
    expect(after.changed).toEqual([7]);
    expect(subscription.lost[0]!.message).toContain('silent');
    await subscription.end();
  });

  test('a delta lost in transit is detected, and the client starts over from a whole map', async () => {
    const { url, onSale } = await start();
    const { event, set } = await onSale(40);
    const relay = await relayTo(url);
    const subscription = subscribe({ url: relay.url, event });
    await subscription.next();
    relay.dropMessage('"places":[5]');
    await set([5], 'B');
    await eventually('a message was dropped', async () => relay.dropped === 1);
    await set([6], 'B');
    const recovered = await subscription.until(({ available }) => available === 38);
    expect(recovered.changed).toBeNull(); // a whole map
    expect(textOf(recovered).slice(4, 8)).toBe('ABBA');
    expect(subscription.lost).toHaveLength(1);
    await subscription.end();
  });

  test('after a restart of the server the client waits for the hinted delay', async () => {
    const { url, onSale, stop } = await start();
    const { event } = await onSale(40);
    const waits: number[] = [];
    const abort = new AbortController();
    const subscription = subscribe({
      url,
      event,
      signal: abort.signal,
      onLost: (lost, retryInMs) => {
        if (lost.retryAfterMs !== null) waits.push(retryInMs - lost.retryAfterMs);
        abort.abort();
      },
    });
    await subscription.next();
    await stop();
    expect(await subscription.states.next()).toMatchObject({ done: true });
    expect(waits).toEqual([0]);
  });

  test.each([
    ['an unknown Event', { event: 'nothing' }, 'BAD_USER_INPUT'],
    ['an invalid token', { token: 'a.b.c' }, /UNAUTHENTICATED|4403/],
  ])('%s is a permanent refusal, and not retried', async (_what, options, code) => {
    const { url, onSale } = await start();
    const { event } = await onSale();
    const subscription = subscribe({ url, event, ...options });
    const refusal = await subscription.next().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(FollowRefused);
    expect((refusal as FollowRefused).code).toMatch(code);
    expect(subscription.lost).toEqual([]);
  });

  test('a token gives access to a draft, and is fetched for each connection', async () => {
    const { url, draft, token } = await start();
    const { event } = await draft();
    const relay = await relayTo(url);
    let fetched = 0;
    const subscription = subscribe({
      url: relay.url,
      event,
      token: () => {
        fetched++;
        return token(ORGANISER, 'ORGANISER');
      },
    });
    await subscription.next();
    relay.cut();
    await eventually('the token is fetched again', async () => fetched === 2);
    await subscription.end();
  });

  test('a signal aborted before the start yields no state', async () => {
    const subscription = subscribe({
      url: 'http://127.0.0.1:9',
      event: 'nothing',
      signal: AbortSignal.abort(),
    });
    expect(await subscription.states.next()).toMatchObject({ done: true });
  });
});

test('over sse, fetch is not called as a method, which throws in browsers', async () => {
  const { url, onSale } = await start();
  const { event } = await onSale(40);
  const browserFetch = function (this: unknown, ...args: Parameters<typeof fetch>) {
    if (this !== undefined && this !== globalThis) throw new TypeError('Illegal invocation');
    return fetch(...args);
  };
  const ending = new AbortController();
  const lost: string[] = [];
  const subscription = subscribeManually({
    url,
    event,
    transport: 'sse',
    fetch: browserFetch,
    signal: ending.signal,
    onLost({ message }) {
      lost.push(message);
      ending.abort();
    },
  });
  const { value } = await subscription.states.next();
  expect(lost).toEqual([]);
  expect(value).toMatchObject({ available: 40 });
  await subscription.end();
});
