import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';

import { eventually } from '../support/waiting.ts';
import { openLive, type LiveServer } from './live-server.ts';
import { Arrivals, closing, FOLLOW, openSocket, overSse, overWebSocket } from './transports.ts';

let open: LiveServer[] = [];
afterEach(async () => {
  for (const live of open) await live[Symbol.asyncDispose]();
  open = [];
});

async function start(environment: Record<string, string> = {}): Promise<LiveServer> {
  const live = await openLive(environment);
  open.push(live);
  return live;
}

const FOREIGN = 'https://elsewhere.example';
const PAGES = { CORS_ORIGINS: 'https://shop.example' };

describe.each([
  { transport: overWebSocket, foreign: 4403, tooMany: 1013, badToken: 4403 },
  { transport: overSse, foreign: 403, tooMany: 429, badToken: 401 },
])('$transport.name', ({ transport, foreign, tooMany, badToken }) => {
  test('pages of foreign origins may not connect; ours, those listed, and programs may', async () => {
    const live = await start(PAGES);
    const { event } = await live.onSale();
    const refused = await transport.follow(live.url, { variables: { event }, origin: FOREIGN });
    expect((await refused.ended).code).toBe(foreign);
    expect(await live.count('realtimeRefusals')).toBe(1);
    for (const origin of [PAGES.CORS_ORIGINS, live.url, undefined]) {
      const reader = await transport.follow(live.url, { variables: { event }, ...(origin && { origin }) });
      expect((await reader.next()).data.seatMapChanged.__typename).toBe('SeatMap');
      reader.close();
    }
  });

  test('a token that is not good opens nothing', async () => {
    const live = await start();
    const { event } = await live.onSale();
    const refused = await transport.follow(live.url, { variables: { event }, token: 'a.b.c' });
    expect(await refused.ended).toMatchObject({
      code: badToken,
      reason: expect.stringContaining('The token was not accepted'),
    });
  });

  test('an address has so many connections, and another when one of them ends', async () => {
    const live = await start({ LIMIT_SOCKETS_PER_ADDRESS: '2' });
    const { event } = await live.onSale();
    const follow = () => transport.follow(live.url, { variables: { event } });
    const readers = [await follow(), await follow()];
    await Promise.all(readers.map((reader) => reader.next()));
    expect((await (await follow()).ended).code).toBe(tooMany);

    readers[0]!.close();
    await eventually('it is gone', async () => (await live.count('realtimeConnections')) === 1);
    expect((await (await follow()).next()).data.seatMapChanged.__typename).toBe('SeatMap');
  });

  test('whoever does not read is dropped, and the others notice nothing', async () => {
    const live = await start({
      LIMIT_BUFFERED_BYTES: '100000',
      ...{ LIMIT_ALIASES: '1000', LIMIT_TOKENS: '10000', LIMIT_COST: '10000' },
    });
    const { event, set } = await live.onSale(400);
    const reader = await transport.follow(live.url, { variables: { event } });
    await reader.next();
    const deaf = await followWithoutReading(transport.name, live.url, event, GREEDY);
    await eventually('both are there', async () => (await live.count('realtimeSubscriptions')) === 2);

    const places = Array.from({ length: 50 }, (_, place) => place);
    let status: 'A' | 'B' = 'A';
    const change = async (changed: number[]) => {
      await set(changed, (status = status === 'A' ? 'B' : 'A'));
      expect((await reader.next()).data.seatMapChanged.places).toEqual(changed);
    };
    while ((await live.count('realtimeSlowReaders')) === 0) await change(places);
    expect(await live.count('realtimeSlowReaders')).toBe(1);
    await change([0]);
    deaf.destroy();
    await eventually('it is gone', async () => (await live.count('realtimeSubscriptions')) === 1);
    reader.close();
  });

  test('at a restart everybody is told to come back, each at a time of their own', async () => {
    const live = await start();
    const { event } = await live.onSale();
    const readers = await Promise.all(
      Array.from({ length: 8 }, () => transport.follow(live.url, { variables: { event } })),
    );
    await Promise.all(readers.map((reader) => reader.next()));
    const deaf = await followWithoutReading(transport.name, live.url, event);
    await eventually('all are there', async () => (await live.count('realtimeSubscriptions')) === 9);

    await live.stop();
    const ends = await Promise.all(readers.map((reader) => reader.ended));
    expect(new Set(ends.map(({ code }) => code))).toEqual(new Set([transport === overSse ? 200 : 1012]));
    const hints = ends.map(({ retryMs }) => retryMs!);
    expect(hints.every((ms) => ms >= 0 && ms < 10_000)).toBe(true);
    expect(new Set(hints).size).toBeGreaterThan(1);
    await expect(transport.follow(live.url, { variables: { event } })).rejects.toThrow(); // nobody listens
    deaf.destroy();
  });
});

/** So many times the same, so that a few updates are megabytes: the kernel buffers more than anybody waits for. */
const GREEDY = `subscription ($event: ID!) { seatMapChanged(event: $event) {
  ... on SeatMapDelta { ${Array.from({ length: 900 }, (_, copy) => `p${copy}: places`).join(' ')} }
} }`;

/** Follow over a bare connection, and never read what comes. */
async function followWithoutReading(name: string, url: string, event: string, query = FOLLOW) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const operation = { query, variables: { event } };
  if (name === 'SSE') {
    const body = JSON.stringify(operation);
    socket.write(
      `POST /graphql/stream HTTP/1.1\r\nhost: ${hostname}\r\naccept: text/event-stream\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
  } else {
    socket.write(
      `GET /graphql HTTP/1.1\r\nhost: ${hostname}\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
        `sec-websocket-version: 13\r\nsec-websocket-key: ${Buffer.alloc(16).toString('base64')}\r\n` +
        'sec-websocket-protocol: graphql-transport-ws\r\n\r\n',
    );
    await once(socket, 'data'); // switched
    socket.write(masked({ type: 'connection_init' }));
    await once(socket, 'data'); // acknowledged
    socket.write(masked({ id: 'deaf', type: 'subscribe', payload: operation }));
  }
  socket.removeAllListeners('data');
  socket.pause();
  socket.on('error', () => {});
  return socket;
}

/** A client's frame, masked with zeros. */
function masked(message: object): Buffer {
  const text = Buffer.from(JSON.stringify(message));
  const header = Buffer.alloc(8);
  header[0] = 0x81;
  header[1] = 0x80 | 126;
  header.writeUInt16BE(text.length, 2);
  return Buffer.concat([header, text]);
}

describe('graphql-transport-ws', () => {
  const INIT = JSON.stringify({ type: 'connection_init' });
  const subscribe = (id: string, event: string) =>
    JSON.stringify({ id, type: 'subscribe', payload: { query: FOLLOW, variables: { event } } });
  const opened = async (url: string) => {
    const socket = openSocket(url);
    await once(socket, 'open');
    return socket;
  };

  test.each<[string, number, (event: string) => (string | Buffer)[]]>([
    ['a message that is no JSON', 4400, () => ['{']],
    ['a message of no known type', 4400, () => ['{"type":"dance"}']],
    [
      'a message too long',
      1009,
      () => [`{"type":"connection_init","payload":{"x":"${'x'.repeat(40_000)}"}}`],
    ],
    ['subscribe before connection_init', 4401, (event) => [subscribe('a', event)]],
    ['subscribe before connection_ack', 4401, (event) => [INIT, subscribe('a', event)]],
    ['connection_init twice', 4429, () => [INIT, INIT]],
  ])('%s: %i', async (_what, code, messages) => {
    const live = await start();
    const { event } = await live.onSale();
    const socket = await opened(live.url);
    const closed = closing(socket);
    for (const message of messages(event)) socket.send(message);
    expect((await closed).code).toBe(code);
  });

  test('one id for two subscriptions: 4409', async () => {
    const live = await start();
    const { event } = await live.onSale();
    const socket = await opened(live.url);
    const closed = closing(socket);
    socket.send(INIT);
    await once(socket, 'message');
    socket.send(subscribe('same', event));
    socket.send(subscribe('same', event));
    expect((await closed).code).toBe(4409);
  });

  test('silence instead of connection_init: 4408', async () => {
    const live = await start({ SOCKET_INIT_SECONDS: '0.05' });
    expect((await closing(await opened(live.url))).code).toBe(4408);
  });

  test('another subprotocol: 4406', async () => {
    const live = await start();
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(`${live.url.replace('http', 'ws')}/graphql`);
    expect((await closing(socket)).code).toBe(4406);
  });

  test('a thousand subscriptions on one socket: as many as may be are followed, the others refused', async () => {
    const live = await start({ LIMIT_SUBSCRIPTIONS_PER_SOCKET: '100' });
    const { event, set } = await live.onSale();
    const socket = await opened(live.url);
    const messages = new Arrivals<any>();
    socket.on('message', (data) => messages.add(JSON.parse((data as Buffer).toString())));
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
    const heard = new Set<string>();
    while (heard.size < 100) {
      const message = await messages.take();
      if (message.payload.data.seatMapChanged.places) heard.add(message.id);
    }
    for (const id of heard) socket.send(JSON.stringify({ id, type: 'complete' }));
    await eventually('all have ended', async () => (await live.count('realtimeSubscriptions')) === 0);
    expect(socket.readyState).toBe(socket.OPEN);
    socket.close();
  });

  test('an id that would be a burden in every message is refused', async () => {
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

  test('subscribing is counted with the other requests of the address', async () => {
    const live = await start({ LIMIT_REQUESTS_PER_MINUTE: '3' });
    const codeOf = async () => {
      const reader = await overWebSocket.follow(live.url, { variables: { event: 'nothing' } });
      const { errors } = await reader.next();
      await reader.ended;
      return errors[0].extensions.code;
    };
    expect(await codeOf()).toBe('BAD_USER_INPUT'); // one for connecting, and one for this
    expect(await codeOf()).toBe('RATE_LIMITED');
    await expect(codeOf()).rejects.toThrow('429');
  });

  test('a socket that does not answer two pings is gone', async () => {
    const live = await start({ SOCKET_PING_SECONDS: '0.2' });
    const { event } = await live.onSale();
    const reader = await overWebSocket.follow(live.url, { variables: { event } });
    await reader.next();
    const deaf = await followWithoutReading('WebSocket', live.url, event);
    await eventually('both are there', async () => (await live.count('realtimeConnections')) === 2);
    await eventually('one is left', async () => (await live.count('realtimeConnections')) === 1);
    deaf.destroy();
    await expect(Promise.race([reader.ended, Promise.resolve('open')])).resolves.toBe('open');
    reader.close();
  });

  test('an upgrade somewhere else, or to something else, is answered as the request that it is', async () => {
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
});

describe('server-sent events', () => {
  const streamOf = (url: string, event: string, headers: Record<string, string> = {}) => {
    const query = new URLSearchParams({ query: FOLLOW, variables: JSON.stringify({ event }) });
    return fetch(`${url}/graphql/stream?${query}`, { headers: { accept: 'text/event-stream', ...headers } });
  };
  const firstEvent = async (response: Response) => {
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes('event: next') && text.endsWith('\n\n')) return text;
    }
    throw new Error(`it ended: ${text}`);
  };

  test('a browser that comes back by itself says where it stands, and goes on from there', async () => {
    const live = await start();
    const { event, set } = await live.onSale();
    const response = await streamOf(live.url, event);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('no-store');
    const id = /^id: (.+)$/m.exec(await firstEvent(response))![1]!;
    await set([4], 'B');
    const resumed = await firstEvent(await streamOf(live.url, event, { 'last-event-id': id }));
    expect(resumed).toContain('"__typename":"SeatMapDelta"');
    expect(resumed).toContain('"places":[4]');
  });

  test.each<[string, number, RequestInit & { path?: string }]>([
    ['no operation', 400, {}],
    ['variables that are no JSON', 400, { path: '?query=a&variables=%7B' }],
    ['nothing of what we have', 400, { path: '?query=a', headers: { accept: 'image/png' } }],
    ['the single connection mode', 404, { method: 'PUT' }],
  ])('%s: %i', async (_what, status, { path = '', ...init }) => {
    const live = await start();
    const response = await fetch(`${live.url}/graphql/stream${path}`, init);
    const { errors } = (await response.json()) as any;
    expect([response.status, errors[0].extensions.requestId]).toEqual([
      status,
      response.headers.get('x-request-id'),
    ]);
  });

  test('subscriptions do not go to the address of queries', async () => {
    const live = await start();
    const { event } = await live.onSale();
    const response = await fetch(`${live.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: FOLLOW, variables: { event } }),
    });
    expect(((await response.json()) as any).errors[0].extensions.code).toBe('INVALID_REQUEST');
  });
});
