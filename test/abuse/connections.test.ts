import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

import { openServer } from '../../src/app/http/server.ts';
import { openCheckouts } from '../../src/payments/index.ts';
import { readSettings } from '../../src/platform/config/settings.ts';
import { onlyEngine, openPostgresBrowse, openPostgresSearch } from '../../src/search/index.ts';
import { openSeatMaps } from '../../src/seat-map/index.ts';
import { LiveRooms, openQueue, openQueueWatch } from '../../src/waiting-room/index.ts';
import { openWorld, type World } from '../support/world.ts';

/** Server timeouts short enough for a test. */
const TIMEOUTS = { headersMs: 100, requestMs: 200, checkMs: 50 };

let world: World;
let server: FastifyInstance;
let port: number;
beforeAll(async () => {
  world = await openWorld();
  const waitingRooms = new LiveRooms(world.platform);
  server = await openServer({
    platform: world.platform,
    checkouts: openCheckouts(world.platform, {
      secretKey: 'sk_test_x',
      webhookSecret: 'whsec_x',
      apiUrl: 'http://127.0.0.1:9',
    }),
    seatMaps: openSeatMaps(world.platform),
    waitingRooms,
    queue: openQueue(world.platform, waitingRooms, { challengeAttempts: 1 }),
    queueWatch: openQueueWatch(world.platform, waitingRooms),
    searchEngines: onlyEngine(openPostgresSearch(world.platform.db), openPostgresBrowse(world.platform.db)),
    tokens: { read: async () => null },
    settings: readSettings({ PORT: '0', LIMIT_REQUESTS_PER_MINUTE: '1000000' }),
    timeouts: TIMEOUTS,
  });
  port = Number(new URL(await server.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

/** Send raw bytes and read the response until the server closes the connection. */
async function sendRaw(...parts: string[]): Promise<{ response: string; socket: Socket }> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {});
  await once(socket, 'connect');
  for (const part of parts) socket.write(part);
  if (!socket.destroyed) await once(socket, 'close');
  return { response: Buffer.concat(chunks).toString(), socket };
}

afterEach(async () => {
  const { response } = await sendRaw('GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  expect(response).toMatch(/^HTTP\/1.1 200 /);
});

const QUERY = JSON.stringify({ query: '{ viewer { subject } }' });
const invalidRequest = (status: number) =>
  expect.stringMatching(
    new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*connection: close[\\s\\S]*"code":"INVALID_REQUEST"`, 'i'),
  );

test('incomplete headers time out with 408', async () => {
  const { response } = await sendRaw('POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: ');
  expect(response).toEqual(invalidRequest(408));
});

test('a connection that sends nothing is closed with 408', async () => {
  const { response } = await sendRaw();
  expect(response).toEqual(invalidRequest(408));
});

test('an incomplete body times out with 408', async () => {
  const { response } = await sendRaw(
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${QUERY.length}\r\n\r\n`,
    QUERY.slice(0, 5),
  );
  expect(response).toEqual(invalidRequest(408));
});

test.each([
  ['not HTTP', 'Hello?\r\n\r\n', 400],
  ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400],
  ['headers above 16 KB', `GET / HTTP/1.1\r\nhost: x\r\nx-large: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  [
    '2,000 headers',
    `GET / HTTP/1.1\r\nhost: x\r\n${Array.from({ length: 2_000 }, (_, n) => `x-${n}: ${n}\r\n`).join('')}\r\n`,
    431,
  ],
  [
    'two Content-Length headers',
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello`,
    400,
  ],
  [
    'Content-Length with Transfer-Encoding (request smuggling)',
    'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  [
    'an invalid chunk size',
    'POST /graphql HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    400,
  ],
])('%s', async (_name, bytes, status) => {
  const { response } = await sendRaw(bytes);
  expect(response).toEqual(invalidRequest(status));
});

test.each(['%', '[', 'a b', 'x/../y', '[::1', ''])('an invalid Host header: %j', async (host) => {
  const { response } = await sendRaw(
    `POST /graphql HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${QUERY.length}\r\n\r\n${QUERY}`,
  );
  expect(response).toMatch(/^HTTP\/1.1 (200|400) /);
  expect(response).not.toContain('INTERNAL_SERVER_ERROR');
});

test.each(['/%', '/graphql/%ff', '/%00', '//', '/graphql/../../etc/passwd', `/${'x'.repeat(8_000)}`])(
  'an unknown or malformed path: %j',
  async (path) => {
    const { response } = await sendRaw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(response).toMatch(/^HTTP\/1.1 (400|404|414) /);
    expect(response).toMatch(/"code":"(NOT_FOUND|INVALID_REQUEST)"/);
  },
);

test('a client that disconnects in the middle of its request leaves no open connection', async () => {
  const sockets = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      socket.write(
        'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"que',
      );
      return socket;
    }),
  );
  for (const socket of sockets) socket.resetAndDestroy();
  const open = () =>
    new Promise<number>((resolve) => server.server.getConnections((_error, count) => resolve(count)));
  await vi.waitUntil(async () => (await open()) === 0, { timeout: 30_000 });
});
