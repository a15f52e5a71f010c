import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';

import { eventually } from '../../support/wait-until.ts';
import { openLiveServer, type LiveServer } from '../live-server.ts';
import { SUBSCRIPTION } from '../transports.ts';

const open: LiveServer[] = [];
afterEach(async () => {
  for (const live of open.splice(0)) await live[Symbol.asyncDispose]();
});

async function start(environment: Record<string, string> = {}): Promise<LiveServer> {
  const live = await openLiveServer(environment);
  open.push(live);
  return live;
}

const streamOf = (url: string, event: string, headers: Record<string, string> = {}) => {
  const query = new URLSearchParams({ query: SUBSCRIPTION, variables: JSON.stringify({ event }) });
  return fetch(`${url}/graphql/stream?${query.toString()}`, {
    headers: { accept: 'text/event-stream', ...headers },
  });
};
const firstEvent = async (response: Response) => {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes('event: next') && text.endsWith('\n\n')) return text;
  }
  throw new Error(`the stream ended: ${text}`);
};

test('a browser that reconnects sends the last event id, and resumes from there', async () => {
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
  ['variables that are not JSON', 400, { path: '?query=a&variables=%7B' }],
  ['no acceptable media type', 400, { path: '?query=a', headers: { accept: 'image/png' } }],
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

test.each(['TEXT/Event-Stream', 'text/*', '*/*', 'image/png, text/event-stream; q=0.5'])(
  'a client that accepts %s gets a stream',
  async (accept) => {
    const live = await start();
    const { event } = await live.onSale();
    expect(await firstEvent(await streamOf(live.url, event, { accept }))).toContain('"SeatMap"');
  },
);

test('the refusal of a foreign origin names the setting that would allow it', async () => {
  const live = await start({ CORS_ORIGINS: 'https://shop.example' });
  const response = await streamOf(live.url, 'any', { origin: 'https://elsewhere.example' });
  const { errors } = (await response.json()) as any;
  expect(errors[0].extensions).toMatchObject({
    code: 'FORBIDDEN',
    advice: expect.stringContaining('CORS_ORIGINS'),
  });
});

test('an operation above the size limit is refused, with the limit', async () => {
  const live = await start({ LIMIT_BODY_BYTES: '1000' });
  const response = await fetch(`${live.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: SUBSCRIPTION.repeat(10) }),
  });
  expect(response.status).toBe(413);
  const { errors } = (await response.json()) as any;
  expect(errors[0].extensions).toMatchObject({ code: 'BODY_TOO_LARGE', limitBytes: 1_000 });
});

test('a subscription sent to the endpoint of queries is refused', async () => {
  const live = await start();
  const { event } = await live.onSale();
  const response = await fetch(`${live.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: SUBSCRIPTION, variables: { event } }),
  });
  expect(((await response.json()) as any).errors[0].extensions.code).toBe('INVALID_REQUEST');
});

test('a request whose body is incomplete when the server stops is answered 503 with retry-after', async () => {
  const stopping = await start();
  const { event } = await stopping.onSale();
  const body = JSON.stringify({ query: SUBSCRIPTION, variables: { event } });
  const { hostname, port } = new URL(stopping.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (bytes) => (answer += String(bytes)));
  socket.write(
    `POST /graphql/stream HTTP/1.1\r\nhost: ${hostname}\r\naccept: text/event-stream\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\nexpect: 100-continue\r\n\r\n`,
  );
  await once(socket, 'data'); // the server waits for the body
  await firstEvent(await streamOf(stopping.url, event)); // a later request is already streaming
  const stopped = stopping.stop();
  await eventually('new connections are refused', () =>
    fetch(stopping.url).then(
      () => false,
      () => true,
    ),
  );
  socket.write(body);
  await once(socket, 'close');
  expect(answer).toMatch(/HTTP\/1.1 503 [^]*retry-after: /i);
  await stopped;
});
