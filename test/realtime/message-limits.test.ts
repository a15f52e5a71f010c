import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';

import { MessageLimits } from '../../src/realtime/message-limits.ts';
import { openLiveServer, type LiveServer } from './live-server.ts';
import { AsyncQueue, closeOf, openSocket, SUBSCRIPTION } from './transports.ts';

const open: LiveServer[] = [];
afterEach(async () => {
  for (const live of open.splice(0)) await live[Symbol.asyncDispose]();
});

async function start(environment: Record<string, string>): Promise<LiveServer> {
  const live = await openLiveServer(environment);
  open.push(live);
  return live;
}

const INIT = JSON.stringify({ type: 'connection_init' });

/** A socket that has sent `connection_init`, and the types of the messages that it receives. */
async function connect(live: LiveServer, token?: string) {
  const socket = openSocket(live.url);
  const received = new AsyncQueue<any>();
  socket.on('message', (data) => received.push(JSON.parse((data as Buffer).toString())));
  const closed = closeOf(socket);
  await once(socket, 'open');
  const payload = token && { authorization: `Bearer ${token}` };
  socket.send(payload ? JSON.stringify({ type: 'connection_init', payload }) : INIT);
  expect((await received.take()).type).toBe('connection_ack');
  return { socket, received, closed };
}

describe.each<[string, (socket: WebSocket, n: number) => void]>([
  ['pings', (socket) => socket.send('{"type":"ping"}')],
  ['pongs', (socket) => socket.send('{"type":"pong"}')],
  ['frames of pings', (socket) => socket.ping()],
  ['frames of pongs', (socket) => socket.pong()],
  ['completed subscriptions', (socket) => socket.send('{"id":"none","type":"complete"}')],
  [
    'refused subscriptions',
    (socket, n) =>
      socket.send(JSON.stringify({ id: String(n), type: 'subscribe', payload: { query: SUBSCRIPTION } })),
  ],
])('%s', (_name, send) => {
  test('beyond the limit of a connection close it with 4429', async () => {
    const live = await start({ LIMIT_MESSAGES_PER_MINUTE: '20', LIMIT_REQUESTS_PER_MINUTE: '5' });
    const { socket, closed } = await connect(live);
    for (let n = 0; n < 1_000; n++) send(socket, n);
    expect(await closed).toMatchObject({
      code: 4429,
      reason: 'At most 20 messages a minute from one connection',
    });
    expect(await live.count('realtimeRefusals')).toBe(1);
  });
});

test('long messages count for each kilobyte', async () => {
  const live = await start({ LIMIT_MESSAGES_PER_MINUTE: '20' });
  const { socket, closed } = await connect(live);
  socket.send(JSON.stringify({ type: 'ping', payload: { x: 'x'.repeat(25_000) } }));
  expect((await closed).code).toBe(4429);
});

test('with the default limits a viewer that reconnects gets 100 subscriptions at once', async () => {
  const live = await start({ LIMIT_MESSAGES_PER_MINUTE: '600', LIMIT_REQUESTS_PER_MINUTE: '100' });
  const { event } = await live.onSale();
  const { socket, received } = await connect(live, await live.token('ana'));
  for (let n = 0; n < 100; n++) {
    const payload = { query: SUBSCRIPTION, variables: { event } };
    socket.send(JSON.stringify({ id: String(n), type: 'subscribe', payload }));
  }
  const types = new Set<string>();
  for (let n = 0; n < 100; n++) types.add((await received.take()).type);
  expect(types).toEqual(new Set(['next']));
  socket.close();
});

describe('the sockets of an address together', () => {
  const newLimits = () =>
    new MessageLimits({ messagesPerMinute: 20, viewersPerAddress: 2, addressesPerNetwork: 2 });
  const newSocket = () => ({ sentMessages: 0, windowEndsAt: 0 });
  const send = (limits: MessageLimits, key: string, messages: number) => {
    const socket = newSocket();
    let exceeded: ReturnType<MessageLimits['count']> = null;
    for (let n = 0; n < messages; n++) exceeded ??= limits.count(socket, key, 1);
    return exceeded;
  };

  test('have a limit; a socket that sends little is not refused for its neighbours', () => {
    const limits = newLimits();
    expect(send(limits, '192.0.2.1', 20)).toBeNull();
    expect(send(limits, '192.0.2.1', 20)).toBeNull();
    expect(send(limits, '192.0.2.1', 10)).toBeNull(); // half of a socket's limit, as two may use all of the address's
    expect(send(limits, '192.0.2.1', 11)).toEqual({ of: 'one address', limit: 40 });
    expect(send(limits, '192.0.2.2', 20)).toBeNull();
  });

  test('a socket beyond its own limit uses up no more of that of the address', () => {
    const limits = newLimits();
    expect(send(limits, '192.0.2.1', 500)).toEqual({ of: 'one connection', limit: 20 });
    expect(send(limits, '192.0.2.1', 20)).toBeNull();
  });

  test('in an IPv6 /48 have a limit, too', () => {
    const limits = newLimits();
    for (const key of ['2001:db8:1:1::/64', '2001:db8:1:2::/64'])
      for (let n = 0; n < 2; n++) expect(send(limits, key, 20)).toBeNull();
    expect(send(limits, '2001:db8:1:3::/64', 20)).toEqual({ of: 'one IPv6 network (/48)', limit: 80 });
    expect(send(limits, '2001:db8:2:1::/64', 20)).toBeNull();
  });
});
