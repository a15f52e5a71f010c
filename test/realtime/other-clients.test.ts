import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWebSocketClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { openLive, type LiveServer } from './live-server.ts';
import { FOLLOW } from './transports.ts';

let live: LiveServer;
beforeAll(async () => void (live = await openLive()));
afterAll(() => live[Symbol.asyncDispose]());

/** What both libraries have in common. */
interface Client {
  iterate(payload: { query: string; variables: Record<string, unknown> }): AsyncIterableIterator<any>;
  dispose(): void | Promise<void>;
}

const CLIENTS: [string, (url: string) => Client][] = [
  [
    'graphql-ws',
    (url) => createWebSocketClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket }),
  ],
  ['graphql-sse', (url) => createSseClient({ url: `${url}/graphql/stream` })],
];

test.each(CLIENTS)('%s understands us', async (_name, open) => {
  const { event, set } = await live.onSale();
  const client = open(live.url);
  const results = client.iterate({ query: FOLLOW, variables: { event } });
  expect((await results.next()).value.data.seatMapChanged.__typename).toBe('SeatMap');
  for (const place of [1, 2, 3]) {
    await set([place], 'B');
    expect((await results.next()).value.data.seatMapChanged.places).toEqual([place]);
  }
  await results.return!();
  const refused = client.iterate({ query: FOLLOW, variables: { event: 'nothing' } });
  const told = await refused.next().then(
    ({ value }) => value.errors,
    (errors: unknown) => errors,
  );
  expect(told[0].extensions.code).toBe('BAD_USER_INPUT');
  await client.dispose();
});
