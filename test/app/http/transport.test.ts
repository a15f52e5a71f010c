import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openWorld, type World } from '../../support/world.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());

/** Send lines as they are, and read the answer until the server closes. */
async function exchange(lines: readonly string[], body = ''): Promise<{ status: number; body: any }> {
  const { hostname, port } = new URL(world.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write([...lines, 'connection: close', '', body].join('\r\n'));
  const [head, ...rest] = (await text(socket)).split('\r\n\r\n');
  expect(head).toContain('content-type: application/json; charset=utf-8');
  return { status: Number(head!.split(' ')[1]), body: JSON.parse(rest.join('\r\n\r\n')) };
}

const JSON_TYPE = 'content-type: application/json';
const QUERY = '{"query":"{ viewer { subject } }"}';

describe('a request that Node or a plugin would refuse is answered in our format', () => {
  test.each<[string, string[], number, string, string]>([
    ['without a host', ['GET /livez HTTP/1.1'], 400, 'INVALID_REQUEST', 'Host'],
    [
      'with an expectation that is unknown',
      ['POST /graphql HTTP/1.1', 'host: localhost', 'expect: junk', JSON_TYPE, 'content-length: 0'],
      417,
      'INVALID_REQUEST',
      '100-continue',
    ],
    [
      'of OPTIONS that is no preflight',
      ['OPTIONS /graphql HTTP/1.1', 'host: localhost'],
      400,
      'INVALID_REQUEST',
      'preflight',
    ],
    ['of CONNECT', ['CONNECT shop.example:443 HTTP/1.1', 'host: shop.example'], 404, 'NOT_FOUND', 'no route'],
    [
      'of a method without a route, and without a body',
      ['PUT /graphql HTTP/1.1', 'host: localhost', JSON_TYPE, 'content-length: 0'],
      404,
      'NOT_FOUND',
      'no route',
    ],
    [
      'of a path without a route, and of another content type',
      ['POST /nowhere HTTP/1.1', 'host: localhost', 'content-type: text/plain', 'content-length: 0'],
      404,
      'NOT_FOUND',
      'no route',
    ],
  ])('%s', async (_name, lines, status, code, words) => {
    const answer = await exchange(lines);
    expect(answer).toMatchObject({
      status,
      body: { errors: [{ message: expect.stringContaining(words), extensions: { code } }] },
    });
    expect(answer.body.errors[0].extensions.requestId).toBeTruthy();
  });
});

test('an expectation of 100-continue is met', async () => {
  const { hostname, port } = new URL(world.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\n${JSON_TYPE}\r\nexpect: 100-continue\r\nconnection: close\r\ncontent-length: ${QUERY.length}\r\n\r\n`,
  );
  const [first] = (await once(socket, 'data')) as [Buffer];
  expect(first.toString()).toMatch(/^HTTP\/1.1 100 Continue/);
  socket.write(QUERY);
  expect(await text(socket)).toContain('"data":{"viewer":null}');
});

test.each(['{"__proto__":{"a":1}}', '{"a":{"__proto__":{"b":1}}}', '{"constructor":{"prototype":{"a":1}}}'])(
  'variables %s are ignored like any that the operation does not declare',
  async (variables) => {
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":"{ viewer { subject } }","variables":${variables}}`,
    });
    expect(await response.json()).toEqual({ data: { viewer: null } });
    expect(({} as { a?: number }).a).toBeUndefined();
  },
);

test('a field __proto__ of an input is one that its type does not have', async () => {
  const { status, errors } = await world.stranger.send(
    'query ($input: SearchEventsInput!) { searchEvents(input: $input) { totalCount } }',
    { input: JSON.parse('{"__proto__":{"a":1}}') as object },
  );
  expect(status).toBe(400);
  expect(errors).toMatchObject([
    { message: expect.stringContaining('"__proto__"'), extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});
