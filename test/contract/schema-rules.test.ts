import { describe, expect, test } from 'vitest';

import { textsOf } from '../../scripts/check/tree.ts';
import { SCHEMA_FILES } from '../../src/app/graphql/schema-files.ts';
import {
  connectionProblems,
  mutationProblems,
  readSchema,
  refusalsOf,
  undescribed,
  unsizedLists,
} from './schema-rules.ts';

describe('the schema', () => {
  const schema = readSchema(textsOf(SCHEMA_FILES).values());

  test('is loaded', () => {
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {}).length).toBeGreaterThan(10);
    expect(refusalsOf(schema).length).toBeGreaterThan(20);
    expect(
      Object.keys(schema.getTypeMap()).filter((name) => name.endsWith('Connection')).length,
    ).toBeGreaterThan(2);
  });

  test('has mutations with one input and a result union of one success and its refusals', () => {
    expect(mutationProblems(schema)).toEqual([]);
  });

  test('describes every type, field, argument and value', () => {
    expect(undescribed(schema)).toEqual([]);
  });

  test('has a size for every list of objects', () => {
    expect(unsizedLists(schema)).toEqual([]);
  });

  test('has connections by the Relay specification', () => {
    expect(connectionProblems(schema)).toEqual([]);
  });
});

/** A small schema that follows every rule; each case below breaks one of them. */
const VALID = `
"Roles that may use a field." directive @requires("One is enough." roles: [String!]!) on FIELD_DEFINITION
"A refusal." interface Refusal { "Reason." message: String! }
"Queries." type Query {
  "Gigs." gigs("Page size." first: Int = 20 "Cursor." after: String): GigConnection!
}
"Mutations." type Mutation { "Play a gig." playGig("Input." input: PlayGigInput!): PlayGigResult! }
"Input of playGig." input PlayGigInput { "Kind of gig." kind: GigKind! }
"Kinds of gigs." enum GigKind { "Amplified." LOUD }
"Success." type GigPlayed { "The gig." gig: Gig! }
"Refused after 22:00." type TooLate implements Refusal { "Reason." message: String! }
"Result of playGig." union PlayGigResult = GigPlayed | TooLate
"A gig." type Gig { "Its name." name: String! }
"Page of gigs." type GigConnection { "Edges." edges: [GigEdge!]! "Gigs." nodes: [Gig!]! "Position." pageInfo: PageInfo! }
"Item of a page." type GigEdge { "Cursor." cursor: String! "The gig." node: Gig! }
"Position of a page." type PageInfo { "Whether a next page exists." hasNextPage: Boolean! }
`;

function problemsOf(sdl: string): string[] {
  const schema = readSchema([sdl]);
  return [
    ...mutationProblems(schema),
    ...undescribed(schema),
    ...connectionProblems(schema),
    ...unsizedLists(schema),
  ];
}

describe('a broken rule is found', () => {
  test('and a valid schema is accepted', () => {
    expect(refusalsOf(readSchema([VALID]))).toEqual(['TooLate']);
    expect(problemsOf(VALID)).toEqual([]);
  });

  test.each([
    ['playGig takes', '"Input." input: PlayGigInput!', '"Input." gig: PlayGigInput!'],
    ['playGig takes', '"Input." input: PlayGigInput!', '"Input." input: PlayGigInput'],
    [
      'playGig takes',
      '"Input." input: PlayGigInput!',
      '"Input." input: PlayGigInput! "Volume." loud: Boolean',
    ],
    ['playGig returns PlayGigResult,', '): PlayGigResult!', '): PlayGigResult'],
    [
      'playGig has 0 successes',
      'type GigPlayed {',
      'type GigPlayed implements Refusal { "Reason." message: String!',
    ],
    ['playGig has 2 successes: GigPlayed, Gig', '= GigPlayed | TooLate', '= GigPlayed | Gig | TooLate'],
    ['TooLate is in no result union', '= GigPlayed | TooLate', '= GigPlayed'],
    ['@requires.roles', '"One is enough." ', ''],
    ['Query.gigs.after', '"Cursor." ', ''],
    ['PlayGigInput.kind', '{ "Kind of gig." kind', '{ kind'],
    ['GigKind.LOUD', '"Amplified." ', ''],
    ['PlayGigResult', '"Result of playGig." ', ''],
    ['Gig.name has no @listSize', 'name: String!', 'name: [GigPlayed!]!'],
    ['Gig.name', '"Its name." ', ''],
    ['Query.gigs does not take', 'first: Int = 20', 'limit: Int = 20'],
    ['Query.gigs does not take', 'first: Int = 20', 'first: Int'],
    ['GigConnection.edges is [GigEdge], not [GigEdge!]!', '[GigEdge!]!', '[GigEdge]'],
    ['GigConnection.pageInfo is PageInfo, not PageInfo!', 'PageInfo! }', 'PageInfo }'],
    ['GigEdge.cursor is Int!, not String!', 'cursor: String!', 'cursor: Int!'],
    ['GigConnection: type GigEdge missing', 'GigEdge', 'GigSide'],
  ])('%s', (problem, part, broken) => {
    const sdl = VALID.replaceAll(part, broken);
    expect(sdl).not.toBe(VALID);
    expect(problemsOf(sdl)).toContainEqual(expect.stringContaining(problem));
  });
});
