import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';

import { eventually } from '../../support/wait-until.ts';
import { openWorld, type World } from '../../support/world.ts';

const MAX = 3;
let opened = new AsyncDisposableStack();
afterEach(async () => {
  await opened.disposeAsync();
  opened = new AsyncDisposableStack();
});

const start = async (): Promise<World> =>
  opened.use(await openWorld({ environment: { LIMIT_CONNECTIONS: String(MAX) } }));

async function open({ url }: World): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  opened.defer(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Send bytes; resolves to the next chunk of the response. */
async function send(socket: Socket, bytes: string): Promise<string> {
  const response = once(socket, 'data');
  socket.write(bytes);
  return String((await response)[0]);
}

const REQUEST = 'GET /livez HTTP/1.1\r\nhost: x\r\n\r\n';
const BODY = JSON.stringify({ query: '{ viewer { subject } }' });
/** The server answers these with 100 Continue, and waits for the body. */
const HEADERS = [
  'POST /graphql HTTP/1.1',
  'host: x',
  'content-type: application/json',
  `content-length: ${BODY.length}`,
  'expect: 100-continue',
  '\r\n',
].join('\r\n');
const OK = expect.stringMatching(/^HTTP\/1.1 200 /);
const dropped = async ({ platform }: World) =>
  (await platform.metrics.droppedConnections.get()).values[0]?.value ?? 0;

test('a connection beyond the limit is dropped; those with a request go on', async () => {
  const world = await start();
  const busy = [await open(world), await open(world), await open(world)];
  for (const socket of busy) expect(await send(socket, HEADERS)).toMatch(/^HTTP\/1.1 100 /);
  const beyond = await open(world);
  await once(beyond, 'close');
  expect(await dropped(world)).toBe(1);
  for (const socket of busy) expect(await send(socket, BODY)).toEqual(OK);
});

test('connections that wait for another request make room', async () => {
  const world = await start();
  const idle = [await open(world), await open(world), await open(world)];
  for (const socket of idle) expect(await send(socket, REQUEST)).toEqual(OK);
  const closed = idle.map((socket) => once(socket, 'close'));
  await once(await open(world), 'close');
  await Promise.all(closed);
  const accepted = await eventually('a connection is accepted', async () => {
    const socket = await open(world);
    const answer = await Promise.race([send(socket, REQUEST), once(socket, 'close')]);
    return typeof answer === 'string' && answer;
  });
  expect(accepted).toEqual(OK);
});
