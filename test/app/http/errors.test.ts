import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ERROR_CODES } from '../../../src/platform/errors.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: string, headers: Record<string, string> = JSON_TYPE) => ({
  method: 'POST',
  headers,
  body,
});
const query = (text: string, rest: object = {}) => post(JSON.stringify({ query: text, ...rest }));

describe('a request is refused as a whole', () => {
  test.each<[string, RequestInit | undefined, number, keyof typeof ERROR_CODES]>([
    ['an unknown path', undefined, 404, 'NOT_FOUND'],
    ['malformed JSON', post('{ "query": "{ viewer'), 400, 'INVALID_REQUEST'],
    ['an empty body', post(''), 400, 'INVALID_REQUEST'],
    ['JSON that is not a request', post('42'), 400, 'INVALID_REQUEST'],
    [
      'JSON with a __proto__ key',
      post('{"__proto__": {"query": "{ viewer { id } }"}}'),
      400,
      'INVALID_REQUEST',
    ],
    ['an empty request', post('{}'), 400, 'INVALID_REQUEST'],
    ['a query that is not a string', post('{"query": {"kind": "Document"}}'), 400, 'INVALID_REQUEST'],
    [
      'variables that are not an object',
      query('{ viewer { subject } }', { variables: [1] }),
      400,
      'INVALID_REQUEST',
    ],
    ['a batch of requests', post('[{"query": "{ viewer { subject } }"}]'), 400, 'INVALID_REQUEST'],
    [
      'a form, which another site could post (CSRF)',
      post('query={viewer{subject}}', { 'content-type': 'text/plain' }),
      415,
      'INVALID_REQUEST',
    ],
    [
      'an upload, which another site could post (CSRF)',
      post('x', { 'content-type': 'multipart/form-data; boundary=x' }),
      415,
      'INVALID_REQUEST',
    ],
    [
      'an unknown operation name',
      query('query a { viewer { subject } }', { operationName: 'b' }),
      400,
      'INVALID_REQUEST',
    ],
    [
      'several operations without an operation name',
      query('query a { viewer { subject } } query b { viewer { subject } }'),
      400,
      'INVALID_REQUEST',
    ],
    ['a syntax error', query('{ viewer '), 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', query('{ viewer { height } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a fragment that spreads itself',
      query('{ viewer { ...f } } fragment f on Viewer { ...f }'),
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a variable of the wrong type',
      query('query ($n: Int!) { events(first: $n) { nodes { id } } }', { variables: { n: 'many' } }),
      400,
      'BAD_USER_INPUT',
    ],
    [
      'an invalid token',
      { ...query('{ viewer { subject } }'), headers: { ...JSON_TYPE, authorization: 'Bearer a.b.c' } },
      401,
      'UNAUTHENTICATED',
    ],
  ])('%s', async (_name, init, status, code) => {
    const response = await fetch(`${world.url}${init ? '/graphql' : '/nowhere'}`, init);
    const body = (await response.json()) as {
      errors: { message: string; extensions: Record<string, unknown> }[];
    };

    expect(body.errors[0]?.extensions).toMatchObject({ code, advice: ERROR_CODES[code] });
    expect(response.status).toBe(status);
    expect(body).not.toHaveProperty('data');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    for (const { extensions } of body.errors) {
      expect(Object.keys(ERROR_CODES)).toContain(extensions['code']);
      expect(extensions['requestId']).toBe(response.headers.get('x-request-id'));
      expect(extensions).not.toHaveProperty('stacktrace');
    }
  });

  test('a content type that is refused is answered with the one that is not', async () => {
    const response = await fetch(`${world.url}/graphql`, post('x', { 'content-type': 'text/plain' }));
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'The content type must be application/json.' }],
    });
  });

  test('a mutation by GET is refused with the allowed method', async () => {
    const mutation = encodeURIComponent(
      'mutation { releaseReservation(input: { reservation: "x" }) { __typename } }',
    );
    const response = await fetch(`${world.url}/graphql?query=${mutation}`, {
      headers: { 'apollo-require-preflight': 'yes' },
    });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_REQUEST' } }] });
  });

  test('a query by GET that another site could send without a preflight is refused', async () => {
    const response = await fetch(
      `${world.url}/graphql?query=${encodeURIComponent('{ viewer { subject } }')}`,
    );
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('CSRF')]);
  });
});

test('a null variable that passes validation but reaches a non-null argument is BAD_USER_INPUT', async () => {
  const { status, errors } = await world.stranger.send(
    'query ($sort: EventSort = DATE) { searchEvents(input: { sort: $sort }) { totalCount } }',
    { sort: null },
  );
  expect([status, errors[0]?.extensions['code']]).toEqual([200, 'BAD_USER_INPUT']);
});

test('an unexpected error is masked as a code and a request id, and logged in full', async () => {
  const lines: Record<string, any>[] = [];
  await using broken = await openWorld({
    log: openLog('error', { write: (line) => void lines.push(JSON.parse(line)) }),
  });
  const sql = postgres(broken.databaseUrl, { max: 1, onnotice: () => {} });
  await sql`alter table events rename to events_gone`;
  await sql.end();

  const { status, headers, errors } = await broken.stranger.send('{ events(first: 1) { nodes { id } } }');

  expect(status).toBe(200); // the operation was executed
  expect(errors).toEqual([
    {
      message: 'Something went wrong on our side.',
      path: ['events'],
      locations: [{ line: 1, column: 3 }],
      extensions: {
        code: 'INTERNAL_SERVER_ERROR',
        advice: ERROR_CODES.INTERNAL_SERVER_ERROR,
        requestId: headers.get('x-request-id'),
      },
    },
  ]);
  const [line] = lines;
  expect(line).toMatchObject({ requestId: headers.get('x-request-id'), path: 'events' });
  expect(JSON.stringify(line)).toContain('relation \\"events\\" does not exist');
});

test('without a database, clients get SERVICE_UNAVAILABLE and a retry time, but no connection details', async () => {
  await using world = await openWorld({ databaseUrl: 'postgres://127.0.0.1:1/none' });
  const { status, errors } = await world.stranger.send(
    '{ events(first: 1) { nodes { id } } viewer { subject } }',
  );
  expect(status).toBe(200);
  expect(errors[0]).toMatchObject({
    message: 'The database cannot be reached right now.',
    extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 1 },
  });
  expect(JSON.stringify(errors)).not.toContain('127.0.0.1');
  expect((await world.stranger.ask('{ viewer { subject } }'))['viewer']).toBeNull(); // needs no database
});
