import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openWorld, type World } from '../../support/world.ts';

let world: World;
beforeAll(
  async () =>
    void (world = await openWorld({
      environment: {
        LIMIT_DEPTH: '5',
        LIMIT_ALIASES: '3',
        LIMIT_DIRECTIVES: '2',
        LIMIT_TOKENS: '300',
        LIMIT_COST: '100',
      },
    })),
);
afterAll(() => world[Symbol.asyncDispose]());

const DEEP = '{ events(first: 1) { nodes { venue { location { latitude } } } } }'; // 5 levels
const tooComplex = (what: string, limit: number, measured: number, words: string) => ({
  message: `The operation has ${words}; the limit is ${limit}.`,
  extensions: { code: 'OPERATION_TOO_COMPLEX', what, limit, measured },
});

describe('an operation at the limit passes, one above is refused', () => {
  test.each<[string, string, string]>([
    ['depth', DEEP, '{ events(first: 1) { nodes { venue { seatingPlans { sections { key } } } } } }'],
    [
      'aliases',
      '{ a: __typename b: __typename c: __typename }',
      '{ a: __typename b: __typename c: __typename d: __typename }',
    ],
    [
      'directives',
      '{ viewer @skip(if: true) @include(if: true) { id: subject } }',
      '{ viewer @skip(if: true) @include(if: true) { subject @skip(if: true) } }',
    ],
    ['tokens', `{ ${'__typename '.repeat(298)}}`, `{ ${'__typename '.repeat(299)}}`],
    ['cost', '{ events(first: 33) { nodes { id name } } }', '{ events(first: 34) { nodes { id name } } }'],
  ])('%s', async (what, atLimit, aboveLimit) => {
    expect((await world.stranger.send(atLimit)).errors).toEqual([]);
    const { status, errors, data } = await world.stranger.send(aboveLimit);
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COMPLEX', what } }]);
    expect([status, data]).toEqual([400, null]);
  });
});

describe('the error reports the limit and the measured value', () => {
  test.each<[string, number, number, string, string]>([
    [
      'depth',
      5,
      6,
      'a depth of 6',
      '{ events(first: 1) { nodes { venue { seatingPlans { sections { key } } } } } }',
    ],
    ['aliases', 3, 4, '4 aliases', '{ a: __typename b: __typename c: __typename d: __typename }'],
    ['tokens', 300, 301, '301 tokens', `{ ${'__typename '.repeat(400)}}`],
    ['cost', 100, 103, 'a cost of 103', '{ events(first: 34) { nodes { id name } } }'],
  ])('%s', async (what, limit, measured, words, query) => {
    expect((await world.stranger.send(query)).errors).toMatchObject([
      tooComplex(what, limit, measured, words),
    ]);
  });
});

test('a list of errors that goes on is ended by one that says so', async () => {
  const { status, errors } = await world.stranger.send(
    `{ viewer { ${Array.from({ length: 12 }, (_, at) => `f${at}`).join(' ')} } }`,
  );
  expect(status).toBe(400);
  expect(errors.map(({ extensions }) => extensions['code'])).toEqual([
    ...Array<string>(10).fill('GRAPHQL_VALIDATION_FAILED'),
    'OPERATION_TOO_COMPLEX',
  ]);
  expect(errors.at(-1)).toMatchObject({
    message: 'The document has more than 10 errors: the first 10 are listed, and the rest was not checked.',
    extensions: { what: 'errors', limit: 10, measured: 11, advice: expect.stringContaining('Correct') },
  });
});

describe('the limits count', () => {
  test('levels in fragments', async () => {
    const { errors } = await world.stranger.send(`
      { events(first: 1) { ...a } }
      fragment a on EventConnection { nodes { ... on Event { ...b } } }
      fragment b on Event { venue { ...c } }
      fragment c on Venue { seatingPlans { sections { key } } }
    `);
    expect(errors).toMatchObject([tooComplex('depth', 5, 6, 'a depth of 6')]);
  });

  test('aliases of a fragment once per spread', async () => {
    const { errors } = await world.stranger.send(`
      { viewer { ...a } events(first: 1) { nodes { id } } ...q }
      fragment q on Query { viewer { ...a } }
      fragment a on Viewer { x: subject y: subject }
    `);
    expect(errors).toMatchObject([tooComplex('aliases', 3, 4, '4 aliases')]);
  });

  test('pages whose size is in a variable', async () => {
    const query = 'query ($n: Int) { events(first: $n) { nodes { id name } } }';
    expect((await world.stranger.send(query, { n: 33 })).errors).toEqual([]);
    expect((await world.stranger.send(query, { n: 34 })).errors).toMatchObject([
      tooComplex('cost', 100, 103, 'a cost of 103'),
    ]);
    expect((await world.stranger.send(query, { n: 33 })).errors).toEqual([]);
  });

  test('operations of the document that are not executed', async () => {
    const { errors } = await world.stranger.send(
      'query ok { viewer { subject } } query deep { events(first: 1) { nodes { venue { seatingPlans { sections { key } } } } } }',
    );
    expect(errors).toMatchObject([tooComplex('depth', 5, 6, 'a depth of 6')]);
  });
});

test('introspection queries of tools stay within the default limits', async () => {
  await using defaults = await openWorld();
  for (const options of [
    {},
    { descriptions: true, inputValueDeprecation: true, oneOf: true, specifiedByUrl: true },
  ]) {
    const { errors, data } = await defaults.stranger.send(getIntrospectionQuery(options));
    expect(errors).toEqual([]);
    expect(data?.['__schema'].types.length).toBeGreaterThan(50);
  }
});
