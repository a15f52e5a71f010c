import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openWorld, type World } from '../../support/world.ts';

const lines: string[] = [];
let world: World;
beforeAll(async () => {
  world = await openWorld({ log: openLog('warn', { write: (line) => void lines.push(line) }) });
});
afterAll(() => world[Symbol.asyncDispose]());

const UPGRADE =
  'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n' +
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n';

/** A hundred connections at once may take a busy machine longer than a command of Redis may take. */
const BUSY = '"msg":"redis unavailable"';

test.each([
  ['a query', 'GET /graphql?query={viewer{id}} HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['an upgrade', `GET /graphql HTTP/1.1\r\nhost: x\r\n${UPGRADE}\r\n`],
  ['a stream', 'GET /graphql/stream?query={viewer{id}} HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['an unknown path', 'GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['a webhook', 'POST /webhooks/stripe HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}'],
  ['a bad token', 'GET /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer a.b.c\r\n\r\n'],
])(
  'a client that resets its connection right after %s causes no unexpected error',
  async (_name, request) => {
    const { port } = new URL(world.url);
    const reset = async () => {
      const socket = connect(Number(port), '127.0.0.1');
      await once(socket, 'connect');
      socket.write(request);
      const closed = once(socket, 'close');
      socket.resetAndDestroy();
      await closed;
    };
    await Promise.all(Array.from({ length: 100 }, reset));
    expect((await fetch(`${world.url}/livez`)).status).toBe(200);
    expect(lines.splice(0).filter((line) => !line.includes(BUSY))).toEqual([]);
  },
);
