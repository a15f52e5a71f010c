import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { FrameReader } from '../../../bench/clients/frame-reader.ts';
import { eventually } from '../../support/wait-until.ts';
import { openLiveServer, type LiveServer } from '../live-server.ts';
import { LARGE_SUBSCRIPTION, masked, subscribeWithoutReading } from '../slow-consumer.ts';
import { AsyncQueue, closeOf, openSocket, overWebSocket, SUBSCRIPTION } from '../transports.ts';

const open: LiveServer[] = [];
afterEach(async () => {
  for (const live of open.splice(0)) await live[Symbol.asyncDispose]();
});

async function start(environment: Record<string, string> = {}): Promise<LiveServer> {
  const live = await openLiveServer(environment);
  open.push(live);
  return live;
}

const INIT = JSON.stringify({ type: 'connection_init' });
const subscribe = (id: string, event: string, query = SUBSCRIPTION) =>
  JSON.stringify({ id, type: 'subscribe', payload: { query, variables: { event } } });
const opened = async (url: string) => {
  const socket = openSocket(url);
  await once(socket, 'open');
  return socket;
};

test.each<[string, number, (event: string) => (string | Buffer)[]]>([
  ['a message that is not JSON', 4400, () => ['{']],
  ['a message of no known type', 4400, () => ['{"type":"dance"}']],
  ['a message type that only servers send', 4400, () => ['{"type":"connection_ack"}']],
  ['a message too long', 1009, () => [`{"type":"connection_init","payload":{"x":"${'x'.repeat(40_000)}"}}`]],
  ['subscribe before connection_init', 4401, (event) => [subscribe('a', event)]],
  ['subscribe before connection_ack', 4401, (event) => [INIT, subscribe('a', event)]],
  ['connection_init twice', 4429, () => [INIT, INIT]],
])('%s: %i', async (_what, code, messages) => {
  const live = await start();
  const { event } = await live.onSale();
  const socket = await opened(live.url);
  const closed = closeOf(socket);
  for (const message of messages(event)) socket.send(message);
  expect((await closed).code).toBe(code);
});

test.each<[string, number, (socket: WebSocket) => void]>([
  ['text that is not UTF-8', 1007, (socket) => socket.send(Buffer.of(0xff), { binary: false })],
  [
    'a message in too many fragments',
    1008,
    (socket) => {
      for (let fragment = 0; fragment < 257; fragment++) socket.send(' ', { fin: false });
    },
  ],
])('%s: %i', async (_what, code, send) => {
  const live = await start();
  const socket = await opened(live.url);
  const closed = closeOf(socket);
  send(socket);
  expect((await closed).code).toBe(code);
});

test.each([
  ['a short id', 'same'],
  ['the longest id', 'x'.repeat(128)],
  ['the longest id in bytes', '€'.repeat(128)],
])('an id already in use: 4409, %s', async (_length, id) => {
  const live = await start();
  const { event } = await live.onSale();
  const socket = await opened(live.url);
  const closed = closeOf(socket);
  socket.send(INIT);
  await once(socket, 'message');
  socket.send(subscribe(id, event));
  socket.send(subscribe(id, event));
  expect((await closed).code).toBe(4409);
});

test('a client that connects while the server stops gets a reconnect delay', async () => {
  const live = await start();
  const { event } = await live.onSale();
  const slowConsumer = await subscribeWithoutReading('WebSocket', live.url, event); // delays the shutdown
  await eventually('it is subscribed', async () => (await live.count('realtimeSubscriptions')) === 1);
  const closed = closeOf(await opened(live.url));
  const stopped = live.stop();
  expect((await closed).code).toBe(1012);
  const late = await closeOf(openSocket(live.url));
  expect(late).toMatchObject({ code: 1012, retryMs: expect.any(Number) });
  await stopped;
  slowConsumer.destroy();
});

test('no connection_init in time: 4408', async () => {
  const live = await start({ SOCKET_INIT_SECONDS: '0.05' });
  expect((await closeOf(await opened(live.url))).code).toBe(4408);
});

test('another subprotocol: 4406', async () => {
  const live = await start();
  const socket = new WebSocket(`${live.url.replace('http', 'ws')}/graphql`);
  expect((await closeOf(socket)).code).toBe(4406);
});

test('subscriptions per socket are limited: of a thousand the first hundred start', async () => {
  const live = await start({ LIMIT_SUBSCRIPTIONS_PER_SOCKET: '100' });
  const { event, set } = await live.onSale();
  const socket = await opened(live.url);
  const messages = new AsyncQueue<any>();
  socket.on('message', (data) => messages.push(JSON.parse((data as Buffer).toString())));
  socket.send(INIT);
  await messages.take();
  for (let id = 1; id <= 1_000; id++) socket.send(subscribe(String(id), event));
  const answers = new Map<string, any>();
  while (answers.size < 1_000) {
    const message = await messages.take();
    answers.set(message.id, message);
  }
  const refused = [...answers.values()].filter(({ type }) => type === 'error');
  expect(refused).toHaveLength(900);
  expect(refused[0].payload[0].extensions).toMatchObject({ code: 'TOO_MANY_SUBSCRIPTIONS', limit: 100 });

  await set([1], 'B');
  const received = new Set<string>();
  while (received.size < 100) {
    const message = await messages.take();
    if (message.payload.data.seatMapChanged.places) received.add(message.id);
  }
  for (const id of received) socket.send(JSON.stringify({ id, type: 'complete' }));
  await eventually('all have ended', async () => (await live.count('realtimeSubscriptions')) === 0);
  expect(socket.readyState).toBe(socket.OPEN);
  socket.close();
});

test('results carry the id of their subscription, whatever characters it has', async () => {
  const live = await start();
  const { event } = await live.onSale();
  const socket = await opened(live.url);
  const messages = new AsyncQueue<any>();
  socket.on('message', (data) => messages.push(JSON.parse((data as Buffer).toString())));
  socket.send(INIT);
  await messages.take();
  for (const id of ['1', 'say "a\\b"', 'für €, 🎟', '\u0000\n', '\ud800', 'x'.repeat(128), '€'.repeat(128)]) {
    socket.send(subscribe(id, event));
    expect(await messages.take()).toMatchObject({ id, type: 'next', payload: { data: {} } });
  }
  socket.close();
});

test('a subscription inside fragments works', async () => {
  const live = await start();
  const { event, set } = await live.onSale();
  const query = `subscription ($event: ID!) { ...Map }
    fragment Map on Subscription { ... { map: seatMapChanged(event: $event) { __typename } } }`;
  const subscriber = await overWebSocket.subscribe(live.url, { query, variables: { event } });
  expect((await subscriber.next()).data.map.__typename).toBe('SeatMap');
  await set([1], 'B');
  expect((await subscriber.next()).data.map.__typename).toBe('SeatMapDelta');
  subscriber.close();
});

test.each([
  '{ seatMapChanged(event: $event) @skip(if: true) { __typename } }',
  '{ ... @include(if: false) { seatMapChanged(event: $event) { __typename } } }',
])('a subscription whose root field is skipped is refused: %s', async (selection) => {
  const live = await start();
  const { event } = await live.onSale();
  const query = `subscription ($event: ID!) ${selection}`;
  const { errors } = await (await overWebSocket.subscribe(live.url, { query, variables: { event } })).next();
  expect(errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
});

test('a buffered frame is not overwritten by a frame for another id', async () => {
  const live = await start({
    LIMIT_BUFFERED_BYTES: '1000000000',
    ...{ LIMIT_ALIASES: '1000', LIMIT_TOKENS: '10000', LIMIT_COST: '10000' },
  });
  const { event, set } = await live.onSale(400);
  const places = Array.from({ length: 400 }, (_, place) => place);
  const subscribers = [];
  for (const id of ['late-1', 'late-2', 'early1', 'late-3']) {
    const socket = await opened(live.url);
    const messages = new AsyncQueue<any>();
    socket.on('message', (data) => messages.push(JSON.parse((data as Buffer).toString())));
    socket.send(INIT);
    await messages.take();
    socket.send(subscribe(id, event, LARGE_SUBSCRIPTION));
    expect(await messages.take()).toMatchObject({ id, type: 'next' });
    subscribers.push({ id, socket, messages });
    if (id.startsWith('late')) socket.pause();
  }

  const UPDATES = 12; // of 1.4 MB each: more than the kernel buffers
  const early = subscribers[2]!;
  for (let n = 0; n < UPDATES; n++) {
    await set(places, n % 2 === 0 ? 'B' : 'A');
    expect(await early.messages.take()).toMatchObject({ id: early.id });
  }
  for (const { id, socket, messages } of subscribers) {
    socket.resume();
    for (let n = 0; n < UPDATES && id !== early.id; n++) {
      const { id: meant, payload } = await messages.take();
      expect(meant).toBe(id);
      expect(payload.data.seatMapChanged.p899).toEqual(places);
    }
    socket.close();
  }
});

test('nothing is sent after a close frame', async () => {
  const live = await start();
  const { event, set } = await live.onSale();
  const early = await overWebSocket.subscribe(live.url, { variables: { event } });
  await early.next();
  const misbehaving = await subscribeWithoutReading('WebSocket', live.url, event);
  await eventually('both are connected', async () => (await live.count('realtimeSubscriptions')) === 2);

  const received: string[] = [];
  const reader = new FrameReader({
    onPayload: () => {},
    onMessage: () => received.push('text'),
    onPing: () => received.push('ping'),
    onUnexpectedFrame: (opcode) => received.push(opcode === 8 ? 'close' : `kind ${opcode}`),
  });
  misbehaving.on('data', (bytes: Buffer) => reader.read(bytes)).resume();
  misbehaving.write(masked({ type: 'dance' })); // and never answers the close frame
  await eventually('it is closing', async () => received.includes('close'));
  await set([1], 'B');
  await early.next();
  misbehaving.write(
    masked({ id: 'again', type: 'subscribe', payload: { query: SUBSCRIPTION, variables: { event } } }),
  );
  await set([1], 'A');
  await early.next();
  misbehaving.end();
  await once(misbehaving, 'close');
  expect(received.slice(received.indexOf('close'))).toEqual(['close']);
  early.close();
});

test.each<[string, (number: number) => Buffer]>([
  ['pings', () => masked({ type: 'ping', payload: { text: 'x'.repeat(30_000) } })],
  [
    'refused subscriptions',
    (number) =>
      masked({ id: `${number}${'x'.repeat(30_000)}`, type: 'subscribe', payload: { query: SUBSCRIPTION } }),
  ],
])('a client that never reads replies is dropped as a slow consumer: %s', async (_what, message) => {
  const live = await start({ LIMIT_BUFFERED_BYTES: '100000' });
  const { event } = await live.onSale();
  const socket = await subscribeWithoutReading('WebSocket', live.url, event);
  await eventually('it is subscribed', async () => (await live.count('realtimeSubscriptions')) === 1);
  const messages = Buffer.concat(Array.from({ length: 200 }, (_, number) => message(number)));
  for (let sent = 0; sent < 100_000_000; sent += messages.length) {
    if ((await live.count('realtimeSlowReaders')) > 0) break;
    if (!socket.write(messages)) await once(socket, 'drain');
  }
  expect(await live.count('realtimeSlowReaders')).toBe(1);
  expect(await live.count('realtimeSubscriptions')).toBe(0);
  socket.destroy();
});

test('an id above 128 characters is refused', async () => {
  const live = await start();
  const { event } = await live.onSale();
  const socket = await opened(live.url);
  socket.send(INIT);
  await once(socket, 'message');
  socket.send(subscribe('x'.repeat(129), event));
  const [answer] = (await once(socket, 'message')) as [Buffer];
  expect(JSON.parse(answer.toString())).toMatchObject({
    type: 'error',
    payload: [{ extensions: { code: 'BAD_USER_INPUT', argument: 'id' } }],
  });
  socket.close();
});

test('a socket that does not answer pings is terminated', async () => {
  const live = await start({ SOCKET_PING_SECONDS: '0.2' });
  const { event } = await live.onSale();
  const subscriber = await overWebSocket.subscribe(live.url, { variables: { event } });
  await subscriber.next();
  const slowConsumer = await subscribeWithoutReading('WebSocket', live.url, event);
  await eventually('both are connected', async () => (await live.count('realtimeConnections')) === 2);
  await eventually('one is terminated', async () => (await live.count('realtimeConnections')) === 1);
  slowConsumer.destroy();
  await expect(Promise.race([subscriber.ended, Promise.resolve('open')])).resolves.toBe('open');
  subscriber.close();
});

test('an upgrade of another path, or to another protocol, is answered as an ordinary request', async () => {
  const live = await start();
  const elsewhere = openSocket(`${live.url}/nowhere?`);
  await expect(once(elsewhere, 'open')).rejects.toThrow('404');

  const { hostname, port } = new URL(live.url);
  const upgrading = request({
    hostname,
    port,
    path: '/livez',
    headers: { connection: 'upgrade', upgrade: 'h2c' },
  });
  upgrading.end();
  const [response] = (await once(upgrading, 'response')) as [{ statusCode: number; resume(): void }];
  response.resume();
  expect(response.statusCode).toBe(200);
  expect((await fetch(`${live.url}/graphql/websocket`)).status).toBe(404);
});
