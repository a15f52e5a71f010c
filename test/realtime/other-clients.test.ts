import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWebSocketClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import { advance } from '../support/clock.ts';
import { ORGANISER } from '../support/seed.ts';
import { openLiveServer, type LiveServer } from './live-server.ts';
import { SUBSCRIPTION } from './transports.ts';

let live: LiveServer;
beforeAll(async () => void (live = await openLiveServer()));
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  vi.useRealTimers();
});

/** Common interface of both libraries. */
interface Client {
  iterate(payload: { query: string; variables: Record<string, unknown> }): AsyncIterableIterator<any>;
  dispose(): void | Promise<void>;
}

/** Called by both libraries for each connection. */
type Authorize = () => Promise<{ authorization: string }>;

const immediately = () => Promise.resolve();
const CLIENTS: [string, (url: string, authorize?: Authorize) => Client][] = [
  [
    'graphql-ws',
    (url, authorize) =>
      createWebSocketClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryWait: immediately,
        ...(authorize && { connectionParams: authorize }),
      }),
  ],
  [
    'graphql-sse',
    (url, authorize) =>
      createSseClient({
        url: `${url}/graphql/stream`,
        retry: immediately,
        ...(authorize && { headers: authorize }),
      }),
  ],
];

test.each(CLIENTS)('%s subscribes, receives updates and errors', async (_name, open) => {
  const { event, set } = await live.onSale();
  const client = open(live.url);
  const results = client.iterate({ query: SUBSCRIPTION, variables: { event } });
  expect((await results.next()).value.data.seatMapChanged.__typename).toBe('SeatMap');
  for (const place of [1, 2, 3]) {
    await set([place], 'B');
    expect((await results.next()).value.data.seatMapChanged.places).toEqual([place]);
  }
  await results.return!();
  const refused = client.iterate({ query: SUBSCRIPTION, variables: { event: 'nothing' } });
  const errors = await refused.next().then(
    ({ value }) => value.errors,
    (reason: any) => reason,
  );
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
  await client.dispose();
});

test.each(CLIENTS)('%s reconnects with a fresh token when one has expired', async (_name, open) => {
  const { event, set } = await live.draft();
  let calls = 0;
  const client = open(live.url, async () => {
    calls++;
    return { authorization: `Bearer ${await live.tokenFor(60, ORGANISER, 'ORGANISER')}` };
  });
  const results = client.iterate({ query: SUBSCRIPTION, variables: { event } });
  await results.next();
  advance(120_000);
  expect((await results.next()).value.data.seatMapChanged.__typename).toBe('SeatMap'); // these clients do not resume from a cursor
  expect(calls).toBe(2);
  await set([1], 'B');
  expect((await results.next()).value.data.seatMapChanged.places).toEqual([1]);
  await results.return!();
  await client.dispose();
});

test.each(CLIENTS)(
  '%s gets the refusal of a withdrawn Event, and does not reconnect',
  async (_name, open) => {
    const { event, withdraw } = await live.onSale();
    const client = open(live.url);
    const results = client.iterate({ query: SUBSCRIPTION, variables: { event } });
    await results.next();
    await withdraw();
    advance(31_000);
    const errors = await results.next().then(
      ({ value }) => value.errors,
      (reason: unknown) => reason,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'event' } }]);
    expect(await results.next()).toMatchObject({ done: true });
    await client.dispose();
  },
);
