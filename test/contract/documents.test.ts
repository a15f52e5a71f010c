import { buildSchema, OperationTypeNode } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { textsOf } from '../../scripts/check/tree.ts';
import { SCHEMA_FILES } from '../../src/app/graphql/schema-files.ts';
import { overSse } from '../realtime/transports.ts';
import { openWorld, type World } from '../support/world.ts';
import { operationsIn, variablesFor, type WrittenOperation } from './documents.ts';

const schema = buildSchema([...textsOf(SCHEMA_FILES).values()].join('\n'), { assumeValidSDL: true });
const FILES = textsOf('*.md', 'docs/**/*.md', 'bench/**/*.ts', 'src/client/**/*.ts', 'src/app/http/*.ts');
const WRITTEN = operationsIn(FILES);

let world: World;
beforeAll(async () => {
  world = await openWorld(); // with the default limits of operations
});
afterAll(() => world[Symbol.asyncDispose]());

/** Codes of an operation that is not executed as it is. */
const REFUSED = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INVALID_REQUEST',
  'OPERATION_TOO_COMPLEX',
];

/** Send an operation; returns why it was refused before it was executed. */
async function refusalsOf({ query, operation }: Omit<WrittenOperation, 'path'>): Promise<string[]> {
  const variables = variablesFor(schema, operation);
  const errors =
    operation.operation === OperationTypeNode.SUBSCRIPTION
      ? await errorsOfSubscription(query, variables)
      : await errorsOf({ query, variables, operationName: operation.name?.value });
  return errors
    .filter(({ message, extensions }) => REFUSED.includes(extensions.code) || /^Variable "/.test(message))
    .map(({ message }) => message);
}

interface SentError {
  message: string;
  extensions: { code: string };
}

async function errorsOf(body: object): Promise<SentError[]> {
  const response = await fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return ((await response.json()) as { errors?: SentError[] }).errors ?? [];
}

async function errorsOfSubscription(query: string, variables: object): Promise<SentError[]> {
  const subscriber = await overSse.subscribe(world.url, { query, variables });
  const { errors } = await subscriber.next(); // there is no such Event
  subscriber.close();
  return errors;
}

test('operations are found in README, docs, benchmarks and the reference client', () => {
  const found = (path: string) => WRITTEN.filter((one) => one.path.startsWith(path)).length;
  expect(found('README.md')).toBeGreaterThanOrEqual(9);
  expect(found('docs/realtime-protocol.md')).toBeGreaterThanOrEqual(3);
  expect(found('docs/operations.md')).toBeGreaterThanOrEqual(1);
  expect(found('bench/')).toBeGreaterThanOrEqual(9);
  expect(found('src/client/')).toBeGreaterThanOrEqual(1);
  expect(found('src/app/http/routes-graphiql.ts')).toBe(1);
});

test.each(WRITTEN.map((one) => [one.path, one.query.replaceAll(/\s+/g, ' ').slice(0, 60), one] as const))(
  '%s: %s… stays within the default limits',
  async (_path, _query, written) => {
    expect(await refusalsOf(written)).toEqual([]);
  },
);

test.each([
  ['README.md', '`{ a: nothing { b } }`', /Cannot query field/],
  ['docs/a.md', '```graphql\nquery ($n: Int!) { events(first: $n) { nodes { idd } } }\n```', /Cannot query field/],
  ['docs/a.md', `-d '{"query": "{ ${nested(12)} }"}'`, /a depth of/],
  ['bench/a.ts', `ask(\`{ ${Array.from({ length: 11 }, (_, n) => `a${n}: searchEvents(input: { term: "\${x}" }) { nodes { id } }`).join(' ')} }\`)`, /a weight of/],
  ['bench/a.ts', `'query ($first: Int!) { events(first: $first) { nodes { venue { events(first: 100) { nodes { id } } } } } }'`, /a cost of/],
  ['bench/a.ts', `'subscription ($event: ID!) { seatMapChanged(event: $event) { nothing } }'`, /Cannot query field/],
])('one planted in %s is refused', async (path, text, refusal) => {
  const [planted, ...others] = operationsIn(new Map([[path, text]]));
  expect(others).toEqual([]);
  expect(await refusalsOf(planted!)).toContainEqual(expect.stringMatching(refusal));
}); // prettier-ignore

function nested(levels: number): string {
  return levels === 0
    ? 'id'
    : `event(id: \\"x\\") { ${'venue { events { nodes { '.repeat(levels / 3)} id ${'} } } '.repeat(levels / 3)} }`;
}
