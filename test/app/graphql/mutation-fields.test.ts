import { buildSchema, execute, getOperationAST, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { countMutationFields } from '../../../src/app/graphql/mutation-fields.ts';
import { eventOnSale } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

const schema = buildSchema(`
  type Query { none: Int }
  type Mutation { set(to: Int = 0): Int  drop: Int }
`);

describe('the number of fields is the number that graphql-js runs', () => {
  const CASES: [name: string, query: string, count: number, variables?: Record<string, unknown>][] = [
    ['one field', 'mutation { set }', 1],
    ['two fields', 'mutation { set drop }', 2],
    ['a field twice', 'mutation { drop drop }', 1],
    ['aliases of one field', 'mutation { a: set b: set c: set }', 3],
    ['__typename', 'mutation { __typename a: __typename set }', 1],
    ['an inline fragment', 'mutation { set ... { drop } ... on Mutation { a: set } }', 3],
    ['fragments', 'mutation { ...f ...f ...g } fragment f on Mutation { set } fragment g on Mutation { ...f drop }', 2],
    ['a skipped field', 'mutation { set drop @skip(if: true) }', 1],
    ['a field that is not included', 'mutation { set drop @include(if: false) }', 1],
    ['a skipped fragment', 'mutation { set ...f @skip(if: true) } fragment f on Mutation { drop }', 1],
    ['a fragment, skipped once', 'mutation { set ...f @skip(if: true) ...f } fragment f on Mutation { drop }', 2],
    ['a condition in a variable', 'mutation ($x: Boolean!) { set drop @include(if: $x) }', 1, { x: false }],
    ['a condition in a variable', 'mutation ($x: Boolean!) { set drop @include(if: $x) }', 2, { x: true }],
    ['a default', 'mutation ($x: Boolean = true) { set drop @skip(if: $x) }', 1],
    ['a null condition', 'mutation ($x: Boolean = true) { set drop @skip(if: $x) }', 0, { x: null }],
    ['invalid variables', 'mutation ($x: Boolean!) { set drop @include(if: $x) }', 0, { x: 'no' }],
    ['the operation that is executed', 'mutation ($x: Boolean!) { ...f } fragment f on Mutation { set drop @skip(if: $x) }', 2, { x: false }],
  ]; // prettier-ignore
  test.each(CASES)('%s', (_name, query, count, variables = {}) => {
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);
    const run: string[] = [];
    const record = (_args: unknown, _context: unknown, { path }: { path: { key: string | number } }) =>
      run.push(String(path.key));
    void execute({ schema, document, rootValue: { set: record, drop: record }, variableValues: variables });

    expect(countMutationFields(schema, document, getOperationAST(document)!, variables)).toBe(count);
    expect(run.length).toBe(count);
  });
});

describe('a request', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld()));
  afterAll(() => world[Symbol.asyncDispose]());

  const RESERVE = (alias: string, place: number) =>
    `${alias}: reserveTickets(input: { event: $event, selection: { places: [${place}] }, idempotencyKey: "${alias}" }) { __typename }`;
  const refusal = (limit: number, measured: number) => [
    {
      message: `The operation has ${measured} mutation fields; the limit is ${limit}.`,
      extensions: { code: 'OPERATION_TOO_COMPLEX', what: 'mutationFields', limit, measured },
    },
  ];
  const held = async (of: World) => {
    const [row] = await of.platform.sql`select count(*)::int as count from reservations`;
    return row!['count'] as number;
  };

  test('with two mutation fields is refused before the first is executed', async () => {
    const { event } = await eventOnSale(world.platform);
    const ana = await world.as('ana');
    for (const query of [
      `mutation ($event: ID!) { ${RESERVE('a', 0)} ${RESERVE('b', 1)} }`,
      `mutation ($event: ID!) { ${RESERVE('a', 0)} ...more } fragment more on Mutation { ${RESERVE('b', 1)} }`,
      `mutation ($event: ID!) { ... { ${RESERVE('a', 0)} } ... on Mutation { ${RESERVE('b', 1)} } }`,
    ]) {
      const { status, data, errors } = await ana.send(query, { event });
      expect(errors).toMatchObject(refusal(1, 2));
      expect([status, data]).toEqual([400, null]);
    }
    expect(await held(world)).toBe(0);
  });

  test('with one after `@skip` is executed', async () => {
    const { event } = await eventOnSale(world.platform);
    const data = await (
      await world.as('ana')
    ).ask(
      `mutation ($event: ID!, $second: Boolean!) { ${RESERVE('a', 0)} ... @skip(if: $second) { ${RESERVE('b', 1)} } }`,
      { event, second: true },
    );
    expect(data).toEqual({ a: { __typename: 'TicketsReserved' } });
  });

  test('may have as many as LIMIT_MUTATION_FIELDS', async () => {
    await using two = await openWorld({ environment: { LIMIT_MUTATION_FIELDS: '2' } });
    const { event } = await eventOnSale(two.platform);
    const ana = await two.as('ana');
    const { errors } = await ana.send(
      `mutation ($event: ID!) { ${RESERVE('a', 0)} ${RESERVE('b', 1)} ${RESERVE('c', 2)} }`,
      { event },
    );
    expect(errors).toMatchObject(refusal(2, 3));
    expect(
      await ana.ask(`mutation ($event: ID!) { ${RESERVE('a', 0)} ${RESERVE('b', 1)} }`, { event }),
    ).toEqual({
      a: { __typename: 'TicketsReserved' },
      b: { __typename: 'TicketsReserved' },
    });
  });
});
