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
  for (const reader of opened.splice(0)) reader.close();
  await eventually('no subscription is left', async () => (await live.count('realtimeSubscriptions')) === 0);
});

const SECOND = 1_000;
/** By then every channel has read its Event again. */
const READ_AGAIN_MS = 31 * SECOND;
const REFUSED = { extensions: { code: 'BAD_USER_INPUT', argument: 'event', requestId: expect.any(String) } };

describe.each([
  { transport: overWebSocket, expired: { code: 4440, reason: expect.stringContaining('expired') } },
  { transport: overSse, expired: { code: 200, reason: '' } }, // no `complete`: come back
])('$transport.name', ({ transport, expired }) => {
  /** Follow, and have the first map. */
  const follow = async (event: string, token?: string) => {
    const reader = await transport.subscribe(live.url, { variables: { event }, ...(token && { token }) });
    opened.push(reader);
    expect((await reader.next()).data.seatMapChanged.__typename).toBe('SeatMap');
    return reader;
  };
  const expectDelta = async (readers: readonly TestSubscriber[], { set }: LiveEvent, place: number) => {
    await set([place], 'B');
    for (const reader of readers)
      expect((await reader.next()).data.seatMapChanged).toMatchObject({ places: [place] });
  };

  test('a connection ends with its token, and no other does', async () => {
    const event = await live.onSale();
    const short = await follow(event.event, await live.tokenFor(60, 'ana', 'FAN'));
    const others = [
      await follow(event.event),
      await follow(event.event, await live.tokenFor(600, 'ana', 'FAN')),
    ];
    advance(80 * SECOND); // it has expired, but the clock that it was made by may be behind ours
    await expectDelta([short, ...others], event, 1);
    advance(15 * SECOND);
    expect(await short.ended).toMatchObject(expired);
    await eventually('it is gone', async () => (await live.count('realtimeSubscriptions')) === 2);
    await expectDelta(others, event, 2);
    expect(short.bytes).toHaveLength(2);
  });

  test('what only its organiser may see any more is followed by nobody else', async () => {
    const event = await live.onSale();
    const may = [
      await follow(event.event, await live.token(ORGANISER, 'ORGANISER')),
      await follow(event.event, await live.token('boss', 'ADMIN')),
    ];
    const mayNot = [
      await follow(event.event),
      await follow(event.event, await live.token('ana', 'FAN')),
      await follow(event.event, await live.token('another', 'ORGANISER')),
    ];
    advance(READ_AGAIN_MS);
    await expectDelta([...may, ...mayNot], event, 1); // reading it again ends nothing by itself

    await event.withdraw();
    advance(READ_AGAIN_MS);
    for (const reader of mayNot) {
      expect(await reader.next()).toMatchObject({ errors: [REFUSED] });
      await reader.ended;
    }
    expect(await live.count('realtimeSubscriptions')).toBe(may.length);
    const heard = mayNot.map(({ bytes }) => bytes.length);
    const delivered = await live.count('realtimeDeliveries');
    await expectDelta(may, event, 2);
    expect(await live.count('realtimeDeliveries')).toBe(delivered + may.length);
    expect(mayNot.map(({ bytes }) => bytes.length)).toEqual(heard);
  });

  test('a deleted Event is followed by nobody, and cannot be followed again', async () => {
    const event = await live.onSale();
    const token = await live.token(ORGANISER, 'ORGANISER');
    const readers = [await follow(event.event), await follow(event.event, token)];
    await event.remove();
    advance(READ_AGAIN_MS);
    for (const reader of readers) {
      expect(await reader.next()).toMatchObject({ errors: [REFUSED] });
      await reader.ended;
    }
    const again = await transport.subscribe(live.url, { variables: { event: event.event }, token });
    expect(await again.next()).toMatchObject({ errors: [REFUSED] });
    await again.ended;
  });
});

test.each([1, 2, 3, 4, 5, 6])(
  'of what changes after it was withdrawn nothing is told, and the end comes by the log: %i',
  { timeout: 20 * SECOND }, // every channel reads its Event again by itself, but that would be too late
  async () => {
    const event = await live.onSale();
    const reader = await overWebSocket.subscribe(live.url, { variables: { event: event.event } });
    opened.push(reader);
    await reader.next();
    await event.set([1], 'B'); // will be told in 50 ms, with whatever comes until then
    await event.withdraw();
    await event.set([2], 'B');
    const results = [await reader.next()];
    while (results.at(-1).data) results.push(await reader.next());
    expect(results.at(-1)).toMatchObject({ errors: [REFUSED] });
    expect(results.flatMap(({ data }) => data?.seatMapChanged.places ?? [])).not.toContain(2);
  },
);

test('on one socket, what was withdrawn ends alone', async () => {
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
  advance(READ_AGAIN_MS);
  expect(await messages.take()).toMatchObject({ id: 'withdrawn', type: 'error', payload: [REFUSED] });
  await withdrawn.set([1], 'B');
  await kept.set([1], 'B');
  expect(await messages.take()).toMatchObject({ id: 'kept', type: 'next' });
  socket.close();
});
