import { getIntrospectionQuery } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { type ERROR_CODES } from '../../src/platform/errors.ts';
import { PRODUCTION } from '../app/production-settings.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());
// the process survives every query and serves the next client
afterEach(async () => expect(await world.stranger.ask('{ viewer { subject } }')).toEqual({ viewer: null }));

const repeat = (count: number, part: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => part(n)).join(' ');
const EVENT = 'evt_00000000000000000000000000000000';

/** Each fragment spreads the next one twice: 2^levels visits for a rule that follows every spread. */
const doubling = (levels: number) =>
  `{ events { nodes { ...f0 } } } ${repeat(levels, (n) => `fragment f${n} on Event { ${n + 1 < levels ? `...f${n + 1} ...f${n + 1}` : 'id'} }`)}`;

/** Each level selects two aliases of the next: 2^levels fields in the response. */
const branching = (levels: number) =>
  `{ event(id: "${EVENT}") { ...f0 } } ${repeat(levels, (n) =>
    n + 1 < levels
      ? `fragment f${n} on Event { a: venue { events(first: 1) { nodes { ...f${n + 1} } } } b: venue { events(first: 1) { nodes { ...f${n + 1} } } } }`
      : `fragment f${n} on Event { id }`,
  )}`;

/** Fields with the same response name: validation compares every pair to decide whether they can be merged. */
const overlapping = (count: number) =>
  `{ ${repeat(count, (n) => `viewer { roles @include(if: ${n % 2 === 0}) }`)} }`;

const CORPUS: [name: string, query: string, codes: (keyof typeof ERROR_CODES)[]][] = [
  ['100 aliases', `{ ${repeat(100, (n) => `a${n}: viewer { subject }`)} }`, ['OPERATION_TOO_COMPLEX']],
  [
    '10,000 aliased guesses of a reservation id',
    `mutation { ${repeat(10_000, (n) => `a${n}: releaseReservation(input: { reservation: "${n}" }) { __typename }`)} }`,
    ['OPERATION_TOO_COMPLEX', 'BODY_TOO_LARGE'],
  ],
  ['1,000 repeated fields', `{ ${repeat(1_000, () => 'viewer { subject }')} }`, ['OPERATION_TOO_COMPLEX']],
  [
    '20,000 inline fragments',
    `{ viewer { ${repeat(20_000, () => '... on Viewer { subject }')} } }`,
    ['OPERATION_TOO_COMPLEX', 'BODY_TOO_LARGE'],
  ],
  [
    '500 directives',
    `{ viewer { subject ${repeat(500, () => '@skip(if: false)')} } }`,
    ['OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    '300 unknown directives',
    `{ viewer { subject ${repeat(300, (n) => `@x${n}`)} } }`,
    ['OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    'fields nested 300 levels deep',
    `{ ${'venue { events { nodes { '.repeat(100)} id ${'} } }'.repeat(100)} }`,
    ['OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    'brackets nested 10,000 levels deep',
    `{ events(filter: ${'['.repeat(10_000)}${']'.repeat(10_000)}) { nodes { id } } }`,
    ['OPERATION_TOO_COMPLEX'],
  ],
  [
    'a list type nested 10,000 levels deep',
    `query ($x: ${'['.repeat(10_000)}Int${']'.repeat(10_000)}) { viewer { subject } }`,
    ['OPERATION_TOO_COMPLEX'],
  ],
  ['fragments that double 100 times', doubling(100), ['OPERATION_TOO_COMPLEX']],
  [
    'fragments that double as often as the token limit allows',
    doubling(60),
    ['OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'],
  ],
  ['a response that branches 10 times', branching(10), ['OPERATION_TOO_COMPLEX']],
  [
    'nested pages',
    '{ events(first: 100) { nodes { venue { events(first: 100) { nodes { venue { events(first: 100) { nodes { id } } } } } } } } }',
    ['OPERATION_TOO_COMPLEX'],
  ],
  [
    'a fragment cycle',
    '{ viewer { ...a } } fragment a on Viewer { ...b } fragment b on Viewer { ...a }',
    ['GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    'recursive introspection by __schema',
    `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
    ['GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    'recursive introspection by __type',
    `{ __type(name: "Event") { fields { type { fields { type { fields { type { fields { name } } } } } } } } }`,
    ['GRAPHQL_VALIDATION_FAILED', 'OPERATION_TOO_COMPLEX'],
  ],
  [
    'the schema 25 times',
    `{ ${repeat(25, (n) => `s${n}: __schema { types { name } }`)} }`,
    ['OPERATION_TOO_COMPLEX'],
  ],
  [
    '90 fields to compare with each other',
    overlapping(90),
    ['OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    '400 unused variables',
    `query (${repeat(400, (n) => `$v${n}: Int`)}) { viewer { subject } }`,
    ['OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    '900 unknown fields',
    `{ ${repeat(900, (n) => `f${n}`)} }`,
    ['GRAPHQL_VALIDATION_FAILED', 'OPERATION_TOO_COMPLEX'],
  ],
  ['a name of 90,000 letters', `{ ${'x'.repeat(90_000)} }`, ['GRAPHQL_VALIDATION_FAILED']],
  ['90,000 brackets', '{'.repeat(90_000), ['GRAPHQL_PARSE_FAILED']],
  ['90,000 commas', `{ viewer { subject }${','.repeat(90_000)} }`, []],
  [
    'a number of 1,000 digits',
    `{ events(first: ${'9'.repeat(1_000)}) { nodes { id } } }`,
    ['GRAPHQL_VALIDATION_FAILED'],
  ],
  ['a lone surrogate', '{ event(id: "\\ud800") { id } }', ['GRAPHQL_PARSE_FAILED']],
  ['a null byte', '{ event(id: "\\u0000") { id } }', []],
  ['an unknown subscription', 'subscription { anything }', ['GRAPHQL_VALIDATION_FAILED']],
  [
    'a subscription over plain HTTP',
    'subscription { seatMapChanged(event: "evt_0") { __typename } }',
    ['INVALID_REQUEST'],
  ],
  [
    'a subscription with a conditional root field',
    'subscription ($no: Boolean = true) { seatMapChanged(event: "evt_0") @skip(if: $no) { __typename } }',
    ['GRAPHQL_VALIDATION_FAILED'],
  ],
];

describe('refused before execution', () => {
  test.each(CORPUS)('%s', async (_name, query, codes) => {
    const { status, data, errors } = await world.stranger.send(query);
    if (codes.length === 0) {
      expect([status, errors]).toEqual([200, []]); // harmless, therefore executed
      return;
    }
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(11);
    for (const { extensions } of errors) expect(codes).toContain(extensions['code']);
    expect([data, status >= 400 && status < 500]).toEqual([null, true]);
    expect(JSON.stringify(errors).length).toBeLessThan(15_000); // no amplification
  });

  test('a batch of 1,000 requests', async () => {
    const body = JSON.stringify(Array.from({ length: 1_000 }, () => ({ query: '{ viewer { subject } }' })));
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ message: 'Operation batching disabled.', extensions: { code: 'INVALID_REQUEST' } }] },
    ]);
  });

  test('a body of 10 MB', async () => {
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: ' '.repeat(10_000_000) }),
    });
    expect([response.status, await response.json()]).toMatchObject([
      413,
      { errors: [{ extensions: { code: 'BODY_TOO_LARGE' } }] },
    ]);
  });
});

describe('variables', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
  const send = async (query: string, variables: string) => {
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{ "query": ${JSON.stringify(query)}, "variables": ${variables} }`,
    });
    return { status: response.status, text: await response.text() };
  };

  test('nested 40,000 levels deep and unused', async () => {
    expect((await send('{ viewer { subject } }', `{ "x": ${deep(40_000)} }`)).status).toBe(200);
  });

  test.each(['ID!', '[ID!]!', 'EventFilter', 'SearchEventsInput!'])(
    'nested 40,000 levels deep for %s',
    async (type) => {
      const field = type.includes('Filter')
        ? 'events(filter: $x)'
        : type.includes('Search')
          ? 'searchEvents(input: $x)'
          : null;
      const query = field
        ? `query ($x: ${type}) { ${field} { nodes { id } } }`
        : `query ($x: ${type}) { ${type === 'ID!' ? 'node(id: $x)' : 'nodes(ids: $x)'} { id } }`;
      const { status, text } = await send(query, `{ "x": ${deep(40_000)} }`);
      expect([status, text]).toEqual([400, expect.stringContaining('"BAD_USER_INPUT"')]);
      expect(text.length).toBeLessThan(5_000);
    },
  );

  test('with 1,000 invalid items', async () => {
    const { status, text } = await send(
      'query ($x: [ID!]!) { nodes(ids: $x) { id } }',
      `{ "x": [${repeat(1_000, () => '{},')}{}] }`,
    );
    expect([status, text]).toEqual([400, expect.stringContaining('"BAD_USER_INPUT"')]);
    expect(text.length).toBeLessThan(10_000);
  });

  test('with numbers that are not JSON or out of range: NaN, Infinity, 1e999', async () => {
    const query = 'query ($n: Int) { events(first: $n) { nodes { id } } }';
    for (const number of ['NaN', 'Infinity', '-Infinity', '0x10']) {
      expect(await send(query, `{ "n": ${number} }`)).toMatchObject({
        status: 400,
        text: expect.stringContaining('INVALID_REQUEST'),
      });
    }
    for (const number of ['1e999', '1.5', '2147483648', '"1"', '[1]']) {
      expect(await send(query, `{ "n": ${number} }`)).toMatchObject({
        status: 400,
        text: expect.stringContaining('BAD_USER_INPUT'),
      });
    }
  });
});

describe('in production, errors disclose no internals', () => {
  test('no schema, suggestion or stack trace for any query', async () => {
    await using production = await openWorld({ environment: PRODUCTION });
    const queries = [
      getIntrospectionQuery(),
      '{ __type(name: "Event") { name } }',
      ...CORPUS.map(([, query]) => query),
    ];
    for (const query of queries) {
      const { errors, data } = await production.stranger.send(query);
      const text = JSON.stringify(errors);
      expect(text).not.toMatch(/Did you mean|stacktrace|node_modules|\bat [\w./]+:\d+|\.ts\b/);
      expect(JSON.stringify(data)).not.toContain('__schema');
    }
  });
});
