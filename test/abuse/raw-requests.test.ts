import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { ERROR_CODES } from '../../src/platform/errors.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { AsyncQueue, closeOf, openSocket } from '../realtime/transports.ts';
import { openWorld, type World } from '../support/world.ts';

const lines: string[] = [];
let world: World;
beforeAll(async () => {
  world = await openWorld({ log: openLog('warn', { write: (line) => void lines.push(line) }) });
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(() => expect(lines.splice(0)).toEqual([])); // nothing a client sends is worth a warning

/** Codes of a stranger's mistakes. */
const CODES = Object.keys(ERROR_CODES).filter(
  (code) => !['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE'].includes(code),
);
const JSON_TYPE = 'application/json';
const QUERY = '"query":"{ viewer { subject } }"';
const DEEP = 25_000;
const nested = (open: string, close: string) => `${open.repeat(DEEP)}1${close.repeat(DEEP)}`;

const BODIES: [name: string, body: string | Uint8Array][] = [
  ['bytes that are not UTF-8', Buffer.concat([Buffer.from(`{${QUERY},"x":"`), Buffer.of(0xff, 0xc0), Buffer.from('"}')])],
  ['an overlong encoding', Buffer.concat([Buffer.from(`{${QUERY},"x":"`), Buffer.of(0xc0, 0x80), Buffer.from('"}')])],
  ['UTF-16', Buffer.from(`{${QUERY}}`, 'utf16le')],
  ['a byte order mark', `\ufeff{${QUERY}}`],
  ['a null byte', '\0'],
  ['a lone surrogate', `{${QUERY},"operationName":"\\ud800"}`],
  ['a query with a lone surrogate', '{"query":"{ a\\udc00 }"}'],
  ['a query with a null byte', '{"query":"{ viewer\\u0000 { subject } }"}'],
  ['an empty query', '{"query":""}'],
  ['a query of spaces', '{"query":"   "}'],
  ['a query that is null', '{"query":null}'],
  ['a query that is a number', '{"query":1}'],
  ['a query that is an array', '{"query":["{ viewer { subject } }"]}'],
  ['a document', '{"query":{"kind":"Document","definitions":[]}}'],
  ['duplicate keys', `{${QUERY},"query":"{ nothing }"}`],
  ['duplicate variables', `{${QUERY},"variables":{"a":1,"a":[]},"variables":[]}`],
  ['a __proto__ in the body', `{${QUERY},"__proto__":{"variables":{}}}`],
  ['a __proto__ in variables', `{${QUERY},"variables":{"__proto__":{"a":1}}}`],
  ['a constructor in variables', `{${QUERY},"variables":{"constructor":{"prototype":{"a":1}}}}`],
  ['variables that are null', `{${QUERY},"variables":null}`],
  ['variables that are an array', `{${QUERY},"variables":[]}`],
  ['variables that are a string', `{${QUERY},"variables":"{}"}`],
  ['variables that are a number', `{${QUERY},"variables":1}`],
  ['variables that are false', `{${QUERY},"variables":false}`],
  ['a huge number', `{${QUERY},"variables":{"n":1e999999}}`],
  ['a number of 50,000 digits', `{${QUERY},"variables":{"n":${'9'.repeat(50_000)}}}`],
  ['nested arrays', `{${QUERY},"variables":{"n":${nested('[', ']')}}}`],
  ['nested objects', `{${QUERY},"variables":{"n":${nested('{"":', '}').slice(0, 90_000)}`],
  ['nested arrays in place of the query', `{"query":${nested('[', ']')}}`],
  ['an operation name that is unknown', `{${QUERY},"operationName":"other"}`],
  ['an operation name that is empty', `{${QUERY},"operationName":""}`],
  ['an operation name of every object', `{${QUERY},"operationName":"constructor"}`],
  ['an operation name that is an array', `{${QUERY},"operationName":[]}`],
  ['an operation name of 90,000 letters', `{${QUERY},"operationName":"${'x'.repeat(90_000)}"}`],
  ['extensions that are a string', `{${QUERY},"extensions":"x"}`],
  ['extensions that are an array', `{${QUERY},"extensions":[]}`],
  ['a persisted query', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"0"}}}'],
  ['a persisted query of no version', `{${QUERY},"extensions":{"persistedQuery":{}}}`],
  ['a persisted query that is a number', `{${QUERY},"extensions":{"persistedQuery":1}}`],
  ['a persisted query of another version', `{${QUERY},"extensions":{"persistedQuery":{"version":"__proto__"}}}`],
  ['a persisted query with another hash', `{${QUERY},"extensions":{"persistedQuery":{"version":1,"sha256Hash":[]}}}`],
  ['no operation but a fragment', '{"query":"fragment f on Viewer { subject }"}'],
  ['a type definition', '{"query":"type Query { a: Int }"}'],
  ['an extension of the schema', '{"query":"extend schema { mutation: Query } { viewer { subject } }"}'],
  ['a directive in the wrong place', '{"query":"query @skip(if: true) { viewer { subject } }"}'],
  ['a directive of the schema', '{"query":"{ viewer @requires(roles: []) { subject @cacheControl(maxAge: -1) } }"}'],
  ['@defer', '{"query":"{ viewer { ... @defer { subject } } }"}'],
  ['@stream', '{"query":"{ nodes(ids: []) @stream(initialCount: -1) { id } }"}'],
  ['@oneOf and @specifiedBy', '{"query":"{ viewer @oneOf { subject @specifiedBy(url: \\"\\") } }"}'],
  ['federation', '{"query":"{ _service { sdl } _entities(representations: []) { __typename } }"}'],
  ['a skip of everything', '{"query":"{ viewer @skip(if: true) { subject } }"}'],
  ['a mutation that is left out', '{"query":"mutation { releaseReservation(input: {reservation: \\"x\\"}) @skip(if: true) { __typename } }"}'],
  ['a skip by a null', '{"query":"query ($x: Boolean = true) { viewer @skip(if: $x) { subject } }","variables":{"x":null}}'],
  ['a skip inside by a null', '{"query":"query ($x: Boolean = true) { events(first: 1) { nodes @include(if: $x) { id } } }","variables":{"x":null}}'],
  ['a subscription', '{"query":"subscription { seatMapChanged(event: \\"x\\") { __typename } }"}'],
  ['a cyclic fragment in a mutation', '{"query":"mutation { ...f } fragment f on Mutation { ...f }"}'],
  ['a duplicate fragment', '{"query":"{ ...f } fragment f on Query { viewer { subject } } fragment f on Query { ...f }"}'],
  ['a fragment that is unknown', '{"query":"mutation { ...f ...g @include(if: $v) }"}'],
  ['a duplicate variable', '{"query":"query ($a: Int, $a: [ID!]!) { nodes(ids: $a) { id } }","variables":{"a":1}}'],
  ['a variable of an output type', '{"query":"query ($a: Event) { viewer { subject } nodes(ids: $a) { id } }"}'],
]; // prettier-ignore

const TYPES = [
  JSON_TYPE,
  'application/json; charset=utf-16',
  'application/json; charset="',
  'application/json;;;',
  'APPLICATION/JSON',
  'application/graphql',
  'application/graphql-response+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'text/json',
  '*/*',
  '/',
  '',
];

async function answered(response: Response): Promise<void> {
  const text = await response.text();
  const codes = [...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code);
  expect(codes.filter((code) => !CODES.includes(code!))).toEqual([]);
  expect(response.status).toBeLessThan(500);
  if (response.status >= 400) expect(codes).not.toEqual([]);
}

describe.each(['/graphql', '/graphql/stream'])('POST %s', (path) => {
  test.each(BODIES)('%s', async (_name, body) => {
    const headers = { 'content-type': JSON_TYPE, 'apollo-require-preflight': 'yes' };
    await answered(await fetch(world.url + path, { method: 'POST', headers, body }));
  });

  test.each(TYPES)('content type %j', async (type) => {
    for (const body of [`{${QUERY}}`, 'query=x', '--x\r\n\r\n--x--', ''])
      await answered(
        await fetch(world.url + path, { method: 'POST', headers: { 'content-type': type }, body }),
      );
  });
});

describe.each(['/graphql', '/graphql/stream'])('GET %s', (path) => {
  test.each([
    '',
    'query',
    'query=',
    'query=%ff',
    'query=%',
    'query=%00',
    'query=a&query=b',
    'query[]=a',
    'query[__proto__]=a',
    '__proto__=a&query=x',
    'query={viewer{subject}}&variables=',
    'query={viewer{subject}}&variables=[]',
    'query={viewer{subject}}&variables=null',
    'query={viewer{subject}}&variables=1',
    'query={viewer{subject}}&variables={',
    'query={viewer{subject}}&variables={"__proto__":{"a":1}}',
    'query={viewer{subject}}&variables={}&variables={}',
    'query={viewer{subject}}&operationName=a&operationName=b',
    'query={viewer{subject}}&operationName=other',
    'query={viewer{subject}}&extensions=x',
    'query={viewer{subject}}&extensions={"persistedQuery":null}',
    'extensions={"persistedQuery":{"version":1}}',
    'query=mutation{releaseReservation(input:{reservation:"x"}){__typename}}',
    'query=subscription{seatMapChanged(event:"x"){__typename}}',
    `query=${'{a'.repeat(3_000)}`,
  ])('?%s', async (search) => {
    for (const accept of ['*/*', 'text/event-stream', 'text/html', 'multipart/mixed', 'application/json;q=x', ';;', 'a/b']) {
      const headers = { accept, 'apollo-require-preflight': 'yes' };
      for (const method of ['GET', 'HEAD']) {
        const response = await fetch(`${world.url}${path}?${search}`, { method, headers });
        if (method === 'GET') await answered(response);
        else expect(response.status).toBeLessThan(500);
      }
    }
  });
}); // prettier-ignore

describe('WebSocket', () => {
  const opened = async () => {
    const socket = openSocket(world.url);
    const answers = new AsyncQueue<string>();
    socket.on('message', (data) => answers.push((data as Buffer).toString()));
    const closed = closeOf(socket);
    void closed.then(({ code, reason }) => answers.push(`closed ${code} ${reason}`));
    await once(socket, 'open');
    return { socket, answers };
  };

  const PAYLOADS = BODIES.filter(([, body]) => typeof body === 'string' && body.length < 30_000);
  test.each(PAYLOADS)('subscribe with %s', async (_name, body) => {
    const { socket, answers } = await opened();
    socket.send('{"type":"connection_init"}');
    expect(await answers.take()).toContain('connection_ack');
    socket.send(`{"id":"1","type":"subscribe","payload":${String(body)}}`);
    const answer = await answers.take();
    expect(answer).toMatch(/^\{"id":"1","type":"error"|^closed 4400 /);
    for (const [, code] of answer.matchAll(/"code":"(\w+)"/g)) expect(CODES).toContain(code);
    socket.terminate();
  });

  test.each(['null', '1', '"Bearer"', '"Bearer a.b.c"', '[]', '{}', '["Bearer"]', `"${'x'.repeat(20_000)}"`])(
    'connection_init with authorization %s',
    async (authorization) => {
      const { socket, answers } = await opened();
      socket.send(`{"type":"connection_init","payload":{"authorization":${authorization}}}`);
      expect(await answers.take()).toMatch(/connection_ack|^closed 4403 /);
      socket.terminate();
    },
  );

  test.each(['""', '"\\ud800"', '"\\u0000"', '"__proto__"', `"${'é'.repeat(200)}"`, '1', 'null', '[]'])(
    'the id %s',
    async (id) => {
      const { socket, answers } = await opened();
      socket.send('{"type":"connection_init"}');
      expect(await answers.take()).toContain('connection_ack');
      const message = `{"id":${id},"type":"subscribe","payload":{"query":"subscription { seatMapChanged(event: \\"x\\") { __typename } }"}}`;
      socket.send(message);
      expect(await answers.take()).toMatch(/"type":"error"|^closed 4400 /);
      socket.terminate();
    },
  );
});
