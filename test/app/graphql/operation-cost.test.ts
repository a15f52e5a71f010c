import { buildSchema, getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';

import { operationCost } from '../../../src/app/graphql/operation-cost.ts';

const schema = buildSchema(`
  directive @weight(value: Int!, perItems: Int) on FIELD_DEFINITION
  directive @listSize(assumed: Int!) on FIELD_DEFINITION
  type Query { viewer: Viewer  search(term: String, first: Int = 20): EventConnection @weight(value: 5)  events(first: Int = 20): EventConnection!  nodes(ids: [ID!]!): [Node]! @weight(value: 1, perItems: 2) }
  interface Node { id: ID! }
  type Viewer { name: String  roles: [String!]! }
  type EventConnection { nodes: [Event!]!  edges: [Edge!]!  pageInfo: PageInfo!  total: Int @weight(value: 2)  facets: Facets! }
  type Facets { cities: [Facet!]! @listSize(assumed: 20) @weight(value: 2) }
  type Facet { value: String }
  type Edge { cursor: String  node: Event! }
  type PageInfo { endCursor: String }
  type Event implements Node { id: ID!  name: String  performers: [Performer!]! @listSize(assumed: 5)  venue: Venue }
  type Performer { name: String  songs: [Song!]! }
  type Song { name: String }
  type Venue { events(first: Int = 20): EventConnection!  plan: Int @weight(value: 3) }
`);

function costOf(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  return operationCost(schema, document, getOperationAST(document)!, variables);
}

test.each<[string, string, number]>([
  ['every field costs 1', '{ viewer { name roles } }', 3],
  ['a page costs its requested size', '{ events(first: 7) { nodes { id name } } }', 1 + 7 * (1 + 2)],
  ['a page without a size costs its default size', '{ events { nodes { id } } }', 1 + 20 * 2],
  [
    'single fields of a page cost once, with all below them',
    '{ events(first: 7) { facets { cities { value } } nodes { id } } }',
    1 + 1 + (1 + 20) + 7 * 2,
  ],
  [
    'edges of a page multiply, too',
    '{ events(first: 7) { edges { cursor node { id } } } }',
    1 + 7 * (1 + 2 + 1),
  ],
  [
    'nested pages multiply',
    '{ events(first: 10) { nodes { venue { events(first: 10) { nodes { id } } } } } }',
    1 + 10 * (1 + 1 + 1 + 10 * 2),
  ],
  [
    'a list that assumes no size costs a hundred items',
    '{ events(first: 1) { nodes { performers { songs { name } } } } }',
    1 + (1 + 1 + 5 * (1 + 100)),
  ],
  [
    'other lists cost the items that the schema assumes',
    '{ events(first: 1) { nodes { performers { name } } } }',
    1 + (1 + 1 + 5),
  ],
  ['a lookup by ids costs the number of ids', '{ nodes(ids: ["a", "b", "c"]) { id } }', 1 + 3],
  ['a page of invalid size costs the maximum', '{ events(first: -1) { nodes { id } } }', 1 + 100 * 2],
  [
    'a page that is too large costs the maximum',
    '{ events(first: 2000000000) { nodes { id } } }',
    1 + 100 * 2,
  ],
  [
    'a fragment costs once per spread',
    '{ a: viewer { ...v } b: viewer { ...v ... on Viewer { name } } } fragment v on Viewer { name roles }',
    3 + 4,
  ],
  ['introspection is free', '{ __typename __schema { types { name } } viewer { __typename name } }', 2],
])('%s', (_name, query, cost) => {
  expect(costOf(query)).toMatchObject({ cost, dependsOnVariables: false });
});

test('a variable costs its value, else its default, else the maximum page', () => {
  const query = 'query ($first: Int) { events(first: $first) { nodes { id } } }';
  expect(costOf(query, { first: 3 })).toMatchObject({ cost: 1 + 3 * 2, dependsOnVariables: true });
  expect(costOf(query).cost).toBe(1 + 20 * 2);
  expect(costOf('query ($first: Int = 50) { events(first: $first) { nodes { id } } }').cost).toBe(1 + 50 * 2);
  expect(costOf('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['a', 'b'] }).cost).toBe(1 + 2);
  expect(costOf('query ($id: ID!) { nodes(ids: [$id, $id]) { id } }', { id: 'a' }).cost).toBe(1 + 2);
});

test.each<[string, Record<string, unknown>, number]>([
  ['($n: Int = 0) { events(first: $n)', { n: null }, 20],
  ['($n: Int = 1) { events(first: $n)', { n: null }, 20],
  ['($n: Int = 1) { events(first: $n)', {}, 1],
  ['($n: Int = null) { events(first: $n)', {}, 20],
  ['($n: Int = 1) { events(first: $n)', { n: 30 }, 30],
  ['($n: Int) { events(first: $n)', { n: null }, 20],
  ['{ events(first: null)', {}, 20],
  ['{ events(first: 0)', {}, 100],
  ['($n: Int! = 7) { events(first: $n)', {}, 7],
])('query %s with %j has %i items', (head, variables, items) => {
  expect(costOf(`query ${head} { nodes { id } } }`, variables).cost).toBe(1 + items * 2);
});

test.each<[string, Record<string, unknown>, number]>([
  ['($ids: [ID!]! = ["a"]) { nodes(ids: $ids)', { ids: ['a', 'b', 'c'] }, 3],
  ['($ids: [ID!]! = ["a"]) { nodes(ids: $ids)', {}, 1],
  ['($ids: [ID!]!) { nodes(ids: $ids)', { ids: 'a' }, 1],
  ['($ids: [ID!] = ["a"]) { nodes(ids: $ids)', { ids: null }, 100], // an error of the field
])('query %s with %j looks up %i', (head, variables, items) => {
  expect(costOf(`query ${head} { id } }`, variables).cost).toBe(1 + items);
});

test('variables that graphql-js refuses cost nothing, as nothing is executed', () => {
  const query = 'query ($n: Int!) { events(first: $n) { nodes { venue { plan } } } }';
  for (const variables of [{}, { n: null }, { n: 'many' }, { n: 2 ** 40 }])
    expect(costOf(query, variables)).toEqual({ cost: 0, weight: 1, dependsOnVariables: true });
});

test('fragments that double each other cost as often as they are spread', () => {
  const levels = 40; // 2^40 fields if each spread were visited
  const fragments = Array.from(
    { length: levels },
    (_, n) => `fragment f${n} on Viewer { ${n + 1 < levels ? `...f${n + 1} ...f${n + 1}` : 'name'} }`,
  );
  expect(costOf(`{ viewer { ...f0 } } ${fragments.join(' ')}`).cost).toBe(1 + 2 ** (levels - 1));
});

test('the cost is capped at the largest safe integer', () => {
  const depth = 200;
  const query =
    `{ ${'events { nodes { venue { '.repeat(depth)} __typename ${'} } }'.repeat(depth)} }`.replace(
      / venue \{ events/g,
      ' venue { events(first: 100)',
    );
  expect(costOf(query).cost).toBe(Number.MAX_SAFE_INTEGER);
});

test.each<[string, string, number]>([
  ['an ordinary operation weighs 1', '{ viewer { name } }', 1],
  ['a page of ordinary size, too', '{ events(first: 20) { nodes { id name performers { name } } } }', 1],
  ['a field weighs what the schema says', '{ search { nodes { id } } }', 5],
  ['each alias', '{ a: search { nodes { id } } b: search { nodes { id } } }', 10],
  [
    'each spread of a fragment',
    '{ ...f ... on Query { ...f } } fragment f on Query { search { nodes { id } } }',
    10,
  ],
  [
    'a field below a page as often as the page has items',
    '{ events(first: 4) { nodes { venue { plan } } } }',
    12,
  ],
  ['ids by their number', '{ a: nodes(ids: []) { id } b: nodes(ids: ["a", "b", "c"]) { id } }', 1 + 2],
  [
    'a field below ids as often as there are ids',
    '{ nodes(ids: ["a", "b"]) { id ... on Venue { plan } } }',
    1 + 6,
  ],
  [
    'a field of a page once',
    '{ search(first: 9) { total nodes { venue { events(first: 2) { total } } } } }',
    5 + 2 + 9 * 2,
  ],
  ['fields that are skipped', '{ search @skip(if: true) { nodes { id } } }', 5],
  ['499 fields weigh 1', '{ events(first: 83) { nodes { id a: id b: id c: id d: id } } }', 1],
  [
    '1,501 fields weigh 3',
    '{ events(first: 100) { nodes { id performers { a: name b: name } name n: name } } }',
    3,
  ],
  ['introspection weighs nothing', '{ __schema { types { name } } }', 1],
])('%s', (_name, query, weight) => {
  expect(costOf(query).weight).toBe(weight);
});

test('a page in a variable weighs its size, and 40 levels of doubling fragments weigh 2^39 fields', () => {
  const query = 'query ($n: Int) { events(first: $n) { nodes { venue { plan } } } }';
  expect(costOf(query, { n: 2 })).toMatchObject({ weight: 6, dependsOnVariables: true });
  expect(costOf(query, { n: 100 }).weight).toBe(300);
  const levels = 40;
  const fragments = Array.from(
    { length: levels },
    (_, n) =>
      `fragment f${n} on Query { ${n + 1 < levels ? `...f${n + 1} ...f${n + 1}` : 'search { __typename }'} }`,
  );
  expect(costOf(`{ ...f0 } ${fragments.join(' ')}`).weight).toBeGreaterThan(5 * 2 ** (levels - 1));
});
