import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { advance } from '../support/clock.ts';
import { ORGANISER } from '../support/seed.ts';
import { eventually } from '../support/wait-until.ts';
import { openLiveServer, type LiveEvent, type LiveServer } from './live-server.ts';
import {
  AsyncQueue,
  openSocket,
  overSse,
  overWebSocket,
  SUBSCRIPTION,
  type TestSubscriber,
} from './transports.ts';

let live: LiveServer;
beforeAll(async () => void (live = await openLiveServer()));
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  vi.useRealTimers();
});

const opened: TestSubscriber[] = [];
afterEach(async () => {
  for (const subscriber of opened.splice(0)) subscriber.close();
  await eventually('no subscription is left', async () => (await live.count('realtimeSubscriptions')) === 0);
});

const SECOND = 1_000;
/** By then every channel has reloaded its Event. */
const RELOADED_MS = 31 * SECOND;
const REFUSED = { extensions: { code: 'BAD_USER_INPUT', argument: 'event', requestId: expect.any(String) } };

describe.each([
  { transport: overWebSocket, expired: { code: 4440, reason: expect.stringContaining('expired') } },
  { transport: overSse, expired: { code: 200, reason: '' } }, // without `complete`, so that clients reconnect
])('$transport.name', ({ transport, expired }) => {
  /** Subscribe, and receive the first map. */
  const subscribe = async (event: string, token?: string) => {
    const subscriber = await transport.subscribe(live.url, { variables: { event }, ...(token && { token }) });
    opened.push(subscriber);
    expect((await subscriber.next()).data.seatMapChanged.__typename).toBe('SeatMap');
    return subscriber;
  };
  const expectDelta = async (subscribers: readonly TestSubscriber[], { set }: LiveEvent, place: number) => {
    await set([place], 'B');
    for (const subscriber of subscribers)
      expect((await subscriber.next()).data.seatMapChanged).toMatchObject({ places: [place] });
  };

  test('a connection ends with its token, and no other connection does', async () => {
    const event = await live.onSale();
    const short = await subscribe(event.event, await live.tokenFor(60, 'ana', 'FAN'));
    const others = [
      await subscribe(event.event),
      await subscribe(event.event, await live.tokenFor(600, 'ana', 'FAN')),
    ];
    advance(80 * SECOND); // expired, but within the tolerance for clock skew
    await expectDelta([short, ...others], event, 1);
    advance(15 * SECOND);
    expect(await short.ended).toMatchObject(expired);
    await eventually(
      'the subscription is gone',
      async () => (await live.count('realtimeSubscriptions')) === 2,
    );
    await expectDelta(others, event, 2);
    expect(short.bytes).toHaveLength(2);
  });

  test('an Event withdrawn to a draft keeps the subscriptions of its organiser and of admins, and ends all others', async () => {
    const event = await live.onSale();
    const authorised = [
      await subscribe(event.event, await live.token(ORGANISER, 'ORGANISER')),
      await subscribe(event.event, await live.token('boss', 'ADMIN')),
    ];
    const unauthorised = [
      await subscribe(event.event),
      await subscribe(event.event, await live.token('ana', 'FAN')),
      await subscribe(event.event, await live.token('another', 'ORGANISER')),
    ];
    advance(RELOADED_MS);
    await expectDelta([...authorised, ...unauthorised], event, 1); // a reload alone ends no subscription

    await event.withdraw();
    advance(RELOADED_MS);
    for (const subscriber of unauthorised) {
      expect(await subscriber.next()).toMatchObject({ errors: [REFUSED] });
      await subscriber.ended;
    }
    expect(await live.count('realtimeSubscriptions')).toBe(authorised.length);
    const received = unauthorised.map(({ bytes }) => bytes.length);
    const delivered = await live.count('realtimeDeliveries');
    await expectDelta(authorised, event, 2);
    expect(await live.count('realtimeDeliveries')).toBe(delivered + authorised.length);
    expect(unauthorised.map(({ bytes }) => bytes.length)).toEqual(received);
  });

  test('a deleted Event ends all subscriptions, and refuses new ones', async () => {
    const event = await live.onSale();
    const token = await live.token(ORGANISER, 'ORGANISER');
    const subscribers = [await subscribe(event.event), await subscribe(event.event, token)];
    await event.remove();
    advance(RELOADED_MS);
    for (const subscriber of subscribers) {
      expect(await subscriber.next()).toMatchObject({ errors: [REFUSED] });
      await subscriber.ended;
    }
    const again = await transport.subscribe(live.url, { variables: { event: event.event }, token });
    expect(await again.next()).toMatchObject({ errors: [REFUSED] });
    await again.ended;
  });
});

test.each([1, 2, 3, 4, 5, 6])(
  'no change after a withdrawal is delivered, and the subscription ends by the change feed: %i',
  { timeout: 20 * SECOND }, // less than the 30 s after which a channel reloads its Event anyway
  async () => {
    const event = await live.onSale();
    const subscriber = await overWebSocket.subscribe(live.url, { variables: { event: event.event } });
    opened.push(subscriber);
    await subscriber.next();
    await event.set([1], 'B'); // sent after the coalescing window of 50 ms
    await event.withdraw();
    await event.set([2], 'B');
    const results = [await subscriber.next()];
    while (results.at(-1).data) results.push(await subscriber.next());
    expect(results.at(-1)).toMatchObject({ errors: [REFUSED] });
    expect(results.flatMap(({ data }) => data?.seatMapChanged.places ?? [])).not.toContain(2);
  },
);

test('on one socket, only the subscription to the withdrawn Event ends', async () => {
  const [kept, withdrawn] = [await live.onSale(), await live.onSale()];
  const socket = openSocket(live.url);
  const messages = new AsyncQueue<any>();
  socket.on('message', (data) => messages.push(JSON.parse((data as Buffer).toString())));
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  expect(await messages.take()).toMatchObject({ type: 'connection_ack' });
  for (const [id, { event }] of Object.entries({ kept, withdrawn })) {
    const payload = { query: SUBSCRIPTION, variables: { event } };
    socket.send(JSON.stringify({ id, type: 'subscribe', payload }));
    expect(await messages.take()).toMatchObject({ id, type: 'next' });
  }
  await withdrawn.withdraw();
  advance(RELOADED_MS);
  expect(await messages.take()).toMatchObject({ id: 'withdrawn', type: 'error', payload: [REFUSED] });
  await withdrawn.set([1], 'B');
  await kept.set([1], 'B');
  expect(await messages.take()).toMatchObject({ id: 'kept', type: 'next' });
  socket.close();
});
