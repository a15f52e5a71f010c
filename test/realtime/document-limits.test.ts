import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { WebSocket } from 'ws';

import { SEAT_MAP_CHANGED } from '../../src/client/index.ts';
import { PUBLISHED_DOCUMENTS } from '../../src/realtime/published-documents.ts';
import { eventually } from '../support/wait-until.ts';
import { openLiveServer, type LiveEvent, type LiveServer } from './live-server.ts';
import { openSocket, overSse, overWebSocket, SUBSCRIPTION } from './transports.ts';

const SOCKETS = 20;
const SUBSCRIPTIONS = 100;
const VARIANTS = SOCKETS * SUBSCRIPTIONS;
const CHANGES = 20;

let live: LiveServer;
beforeAll(async () => {
  live = await openLiveServer({ LIMIT_REQUESTS_PER_MINUTE: '1000000', TRUST_PROXY: 'loopback' });
});
afterAll(() => live[Symbol.asyncDispose]());

const sockets: WebSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await eventually('no subscription is left', async () => (await live.count('realtimeSubscriptions')) === 0);
});

/** Subscribe with each of these documents; resolves when each has its first message. Counts first messages. */
async function subscribeAll(event: string, documentOf: (n: number) => string) {
  const received = { next: 0, errors: [] as { extensions: Record<string, unknown> }[] };
  const open = async (socketNumber: number) => {
    const socket = openSocket(live.url);
    sockets.push(socket);
    const { promise, resolve } = Promise.withResolvers<void>();
    const answered = new Set<string>();
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString());
      if (message.type === 'connection_ack') {
        for (let n = 0; n < SUBSCRIPTIONS; n++) {
          const query = documentOf(socketNumber * SUBSCRIPTIONS + n);
          socket.send(
            JSON.stringify({ id: String(n), type: 'subscribe', payload: { query, variables: { event } } }),
          );
        }
        return;
      }
      if (answered.has(message.id)) return; // an update that came before others had their first message
      answered.add(message.id);
      if (message.type === 'next') received.next++;
      else received.errors.push(message.payload[0]);
      if (answered.size === SUBSCRIPTIONS) resolve();
    });
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await promise;
  };
  await Promise.all(Array.from({ length: SOCKETS }, (_, n) => open(n)));
  return received;
}

/** Change the map, and wait for an observer to see each change. Returns the number of executions. */
async function executionsOfChanges({ event, set }: LiveEvent): Promise<number> {
  const observer = await overWebSocket.subscribe(live.url, { query: SEAT_MAP_CHANGED, variables: { event } }); // never refused
  await observer.next();
  const before = await live.count('realtimeExecutions');
  for (let n = 0; n < CHANGES; n++) {
    await set([1], n % 2 === 0 ? 'B' : 'A');
    await observer.next();
  }
  observer.close();
  return (await live.count('realtimeExecutions')) - before;
}

test(`${VARIANTS} aliases of one address cost no more executions than its documents`, async () => {
  const onSale = await live.onSale();
  const received = await subscribeAll(onSale.event, (n) =>
    SUBSCRIPTION.replace('places', `places${n}: places`),
  );
  expect(received.next).toBe(20);
  expect(received.errors).toHaveLength(VARIANTS - 20);
  expect(received.errors[0]!.extensions).toMatchObject({
    code: 'TOO_MANY_DOCUMENTS',
    scope: 'ADDRESS',
    limit: 20,
    advice: expect.any(String),
    requestId: expect.any(String),
  });
  expect(await live.count('realtimeRefusals')).toBe(VARIANTS - 20);
  expect(await executionsOfChanges(onSale)).toBeLessThanOrEqual(CHANGES * (20 + 1)); // and the observer's
});

test(`${VARIANTS} ways to write one document cost one execution`, async () => {
  const onSale = await live.onSale();
  const written = (n: number) =>
    [
      SUBSCRIPTION.replace('subscription', `# ${n}\nsubscription Named${n}`),
      SUBSCRIPTION.replace('epoch', `epoch ${'epoch '.repeat(n % 50)}`),
      SUBSCRIPTION.replaceAll('event:', ' '.repeat(n % 100) + 'event:'),
    ][n % 3]!;
  const received = await subscribeAll(onSale.event, written);
  expect(received).toMatchObject({ next: VARIANTS, errors: [] });
  expect(await executionsOfChanges(onSale)).toBe(CHANGES * (1 + 1)); // and the observer's
});

test.each([overWebSocket, overSse])(
  'the refusal over $name is an error of the subscription',
  async (transport) => {
    const { event } = await live.onSale();
    const subscribe = (n: number) =>
      transport.subscribe(live.url, {
        query: SUBSCRIPTION.replace('places', `places${n}: places`),
        variables: { event },
      });
    const subscribers = [];
    for (let n = 0; n < 20; n++) {
      subscribers.push(await subscribe(n));
      await subscribers[n]!.next();
    }
    const refused = await subscribe(20);
    expect((await refused.next()).errors[0].extensions.code).toBe('TOO_MANY_DOCUMENTS');
    const sharing = await subscribe(7);
    expect((await sharing.next()).data.seatMapChanged.__typename).toBe('SeatMap');
    for (const subscriber of [...subscribers, sharing]) subscriber.close();
  },
);

test.each([overWebSocket, overSse])(
  'five addresses that fill an Event over $name lock no other address out',
  async (transport) => {
    const onSale = await live.onSale();
    const { event } = onSale;
    const organiser = await live.openRoom(onSale);
    const subscribe = async (query: string, address: string, token?: string) => {
      const subscriber = await transport.subscribe(live.url, {
        ...{ query, variables: { event }, address },
        ...(token !== undefined && { token }),
      });
      return { subscriber, first: await subscriber.next() };
    };
    const aliased = (n: number) => SUBSCRIPTION.replace('places', `places${n}: places`);
    const attackers = [];
    for (let n = 0; n < 100; n++) attackers.push(await subscribe(aliased(n), `198.51.100.${1 + (n % 5)}`));
    for (const { first } of attackers) expect(first.errors).toBeUndefined();

    const published = [];
    for (const [n, query] of PUBLISHED_DOCUMENTS.entries())
      published.push(await subscribe(query.replace('evt_0199…', event), `203.0.113.${n}`, organiser));
    for (const { first } of published) expect(first.errors).toBeUndefined();

    const refusedBefore = await live.count('realtimeRefusals');
    const own = await subscribe(aliased(1_000), '203.0.113.100');
    expect(own.first.data.seatMapChanged.__typename).toBe('SeatMap');
    expect(await live.count('realtimeRefusals')).toBe(refusedBefore + 1);
    const evicted = attackers.findLast((_, n) => n % 5 === 0)!.subscriber; // all have 20: the first's newest
    expect((await evicted.next()).errors[0].extensions).toMatchObject({
      code: 'TOO_MANY_DOCUMENTS',
      scope: 'EVENT',
      limit: 100,
      advice: expect.any(String),
    });
    await evicted.ended;

    const again = await subscribe(aliased(95), '198.51.100.1');
    expect(again.first.errors?.[0].extensions.scope ?? 'admitted').toBe('EVENT'); // 19 + 1 would be as many as others have
    expect(await executionsOfChanges(onSale)).toBeLessThanOrEqual(
      CHANGES * (100 + PUBLISHED_DOCUMENTS.length),
    );
    for (const { subscriber } of [...attackers, ...published, own, again]) subscriber.close();
  },
);
