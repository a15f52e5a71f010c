import { getIntrospectionQuery } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { type ERROR_CODES } from '../../src/platform/errors.ts';
import { PRODUCTION } from '../app/production-settings.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());
// none takes the process down, nor keeps it from the next client
afterEach(async () => expect(await world.stranger.ask('{ viewer { subject } }')).toEqual({ viewer: null }));

const times = (count: number, make: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join(' ');
const EVENT = 'evt_00000000000000000000000000000000';

/** Fragments in pairs, each of which spreads the next pair twice: 2^levels to a rule that walks them all. */
const doubling = (levels: number) =>
  `{ events { nodes { ...f0 } } } ${times(levels, (n) => `fragment f${n} on Event { ${n + 1 < levels ? `...f${n + 1} ...f${n + 1}` : 'id'} }`)}`;

/** Each level asks for two aliases of the next: 2^levels fields in the answer. */
const branching = (levels: number) =>
  `{ event(id: "${EVENT}") { ...f0 } } ${times(levels, (n) =>
    n + 1 < levels
      ? `fragment f${n} on Event { a: venue { events(first: 1) { nodes { ...f${n + 1} } } } b: venue { events(first: 1) { nodes { ...f${n + 1} } } } }`
      : `fragment f${n} on Event { id }`,
  )}`;

/** Fields of the same name whose selections must be compared pair by pair to see whether they can be merged. */
const overlapping = (count: number) =>
  `{ ${times(count, (n) => `viewer { roles @include(if: ${n % 2 === 0}) }`)} }`;

const CORPUS: [name: string, query: string, codes: (keyof typeof ERROR_CODES)[]][] = [
  ['a hundred aliases', `{ ${times(100, (n) => `a${n}: viewer { subject }`)} }`, ['OPERATION_TOO_COMPLEX']],
  [
    'ten thousand aliased guesses',
    `mutation { ${times(10_000, (n) => `a${n}: releaseReservation(input: { reservation: "${n}" }) { __typename }`)} }`,
    ['OPERATION_TOO_COMPLEX', 'BODY_TOO_LARGE'],
  ],
  [
    'a thousand repeated fields',
    `{ ${times(1_000, () => 'viewer { subject }')} }`,
    ['OPERATION_TOO_COMPLEX'],
  ],
  [
    'twenty thousand inline fragments',
    `{ viewer { ${times(20_000, () => '... on Viewer { subject }')} } }`,
    ['OPERATION_TOO_COMPLEX', 'BODY_TOO_LARGE'],
  ],
  [
    'a flood of directives',
    `{ viewer { subject ${times(500, () => '@skip(if: false)')} } }`,
    ['OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    'a flood of directives nobody knows',
    `{ viewer { subject ${times(300, (n) => `@x${n}`)} } }`,
    ['OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    'fields nested five hundred deep',
    `{ ${'venue { events { nodes { '.repeat(100)} id ${'} } }'.repeat(100)} }`,
    ['OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    'brackets nested ten thousand deep',
    `{ events(filter: ${'['.repeat(10_000)}${']'.repeat(10_000)}) { nodes { id } } }`,
    ['OPERATION_TOO_COMPLEX'],
  ],
  [
    'a type nested ten thousand deep',
    `query ($x: ${'['.repeat(10_000)}Int${']'.repeat(10_000)}) { viewer { subject } }`,
    ['OPERATION_TOO_COMPLEX'],
  ],
  ['fragments that double a hundred times', doubling(100), ['OPERATION_TOO_COMPLEX']],
  [
    'fragments that double as often as the token limit lets them',
    doubling(60),
    ['OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'],
  ],
  ['an answer that branches ten times', branching(10), ['OPERATION_TOO_COMPLEX']],
  [
    'pages of pages of pages',
    '{ events(first: 100) { nodes { venue { events(first: 100) { nodes { venue { events(first: 100) { nodes { id } } } } } } } } }',
    ['OPERATION_TOO_COMPLEX'],
  ],
  [
    'fragments in a circle',
    '{ viewer { ...a } } fragment a on Viewer { ...b } fragment b on Viewer { ...a }',
    ['GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    'a schema that is asked about itself in circles',
    `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
    ['GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    'a type that is asked about itself in circles',
    `{ __type(name: "Event") { fields { type { fields { type { fields { type { fields { name } } } } } } } } }`,
    ['GRAPHQL_VALIDATION_FAILED', 'OPERATION_TOO_COMPLEX'],
  ],
  [
    'the schema twenty times over',
    `{ ${times(25, (n) => `s${n}: __schema { types { name } }`)} }`,
    ['OPERATION_TOO_COMPLEX'],
  ],
  [
    'three hundred fields to compare with each other',
    overlapping(90),
    ['OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'],
  ],
  [
    'unused variables by the hundred',
    `query (${times(400, (n) => `$v${n}: Int`)}) { viewer { subject } }`,
    ['OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'],
  ],
  ['fields nobody knows by the hundred', `{ ${times(900, (n) => `f${n}`)} }`, ['GRAPHQL_VALIDATION_FAILED']],
  ['a name of ninety thousand letters', `{ ${'x'.repeat(90_000)} }`, ['GRAPHQL_VALIDATION_FAILED']],
  ['ninety thousand brackets', '{'.repeat(90_000), ['GRAPHQL_PARSE_FAILED']],
  ['ninety thousand commas', `{ viewer { subject }${','.repeat(90_000)} }`, []],
  [
    'a number of a thousand digits',
    `{ events(first: ${'9'.repeat(1_000)}) { nodes { id } } }`,
    ['GRAPHQL_VALIDATION_FAILED'],
  ],
  ['a lone surrogate', '{ event(id: "\\ud800") { id } }', ['GRAPHQL_PARSE_FAILED']],
  ['a null byte', '{ event(id: "\\u0000") { id } }', []],
  ['a subscription to nothing', 'subscription { anything }', ['GRAPHQL_VALIDATION_FAILED']],
  [
    'a subscription over a plain request',
    'subscription { seatMapChanged(event: "evt_0") { __typename } }',
    ['INVALID_REQUEST'],
  ],
  [
    'a subscription that begins on a condition',
    'subscription ($no: Boolean = true) { seatMapChanged(event: "evt_0") @skip(if: $no) { __typename } }',
    ['GRAPHQL_VALIDATION_FAILED'],
  ],
];

describe('refused before anything is executed', () => {
  test.each(CORPUS)('%s', async (_name, query, codes) => {
    const { status, data, errors } = await world.stranger.send(query);
    if (codes.length === 0) {
      expect([status, errors]).toEqual([200, []]); // harmless, and therefore answered
      return;
    }
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(11);
    for (const { extensions } of errors) expect(codes).toContain(extensions['code']);
    expect([data, status >= 400 && status < 500]).toEqual([null, true]);
    expect(JSON.stringify(errors).length).toBeLessThan(15_000); // no amplifier
  });

  test('a thousand requests in one', async () => {
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

  test('ten megabytes', async () => {
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

  test('nested forty thousand deep where nobody looks', async () => {
    expect((await send('{ viewer { subject } }', `{ "x": ${deep(40_000)} }`)).status).toBe(200);
  });

  test.each(['ID!', '[ID!]!', 'EventFilter', 'SearchEventsInput!'])(
    'nested forty thousand deep for %s',
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

  test('wrong a thousand times over', async () => {
    const { status, text } = await send(
      'query ($x: [ID!]!) { nodes(ids: $x) { id } }',
      `{ "x": [${times(1_000, () => '{},')}{}] }`,
    );
    expect([status, text]).toEqual([400, expect.stringContaining('"BAD_USER_INPUT"')]);
    expect(text.length).toBeLessThan(10_000);
  });

  test('that are no JSON: NaN, Infinity, 1e999', async () => {
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

describe('in production strangers learn nothing of our insides', () => {
  test('no schema, no suggestions, no traces, whatever is asked', async () => {
    await using production = await openWorld({ environment: PRODUCTION });
    const asked = [
      getIntrospectionQuery(),
      '{ __type(name: "Event") { name } }',
      ...CORPUS.map(([, query]) => query),
    ];
    for (const query of asked) {
      const { errors, data } = await production.stranger.send(query);
      const text = JSON.stringify(errors);
      expect(text).not.toMatch(/Did you mean|stacktrace|node_modules|\bat [\w./]+:\d+|\.ts\b/);
      expect(JSON.stringify(data)).not.toContain('__schema');
    }
  });
});
