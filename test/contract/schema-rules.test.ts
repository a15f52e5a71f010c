import { describe, expect, test } from 'vitest';

import { textsOf } from '../../scripts/check/tree.ts';
import { SCHEMA_FILES } from '../../src/app/graphql/schema-files.ts';
import { connectionProblems, mutationProblems, readSchema, refusalsOf, undescribed } from './schema-rules.ts';

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

  test('has connections by the Relay specification', () => {
    expect(connectionProblems(schema)).toEqual([]);
  });
});

/** A small schema that follows every rule; each case below breaks one of them. */
const VALID = `
"How it may be used." directive @requires("Any of these." roles: [String!]!) on FIELD_DEFINITION
"A no." interface Refusal { "Why." message: String! }
"The way in." type Query {
  "Gigs." gigs("How many." first: Int = 20 "From here." after: String): GigConnection!
}
"The way to change." type Mutation { "Play." playGig("What." input: PlayGigInput!): PlayGigResult! }
"What to play." input PlayGigInput { "Which." kind: GigKind! }
"Kinds." enum GigKind { "With noise." LOUD }
"Played." type GigPlayed { "Which." gig: Gig! }
"No noise after ten." type TooLate implements Refusal { "Why." message: String! }
"What playGig returns." union PlayGigResult = GigPlayed | TooLate
"A gig." type Gig { "Its name." name: String! }
"A page." type GigConnection { "Edges." edges: [GigEdge!]! "Gigs." nodes: [Gig!]! "Where." pageInfo: PageInfo! }
"One of a page." type GigEdge { "Where." cursor: String! "What." node: Gig! }
"Where a page lies." type PageInfo { "More?" hasNextPage: Boolean! }
`;

function problemsOf(sdl: string): string[] {
  const schema = readSchema([sdl]);
  return [...mutationProblems(schema), ...undescribed(schema), ...connectionProblems(schema)];
}

describe('a broken rule is found', () => {
  test('and a valid schema is accepted', () => {
    expect(refusalsOf(readSchema([VALID]))).toEqual(['TooLate']);
    expect(problemsOf(VALID)).toEqual([]);
  });

  test.each([
    ['playGig takes', '"What." input: PlayGigInput!', '"What." gig: PlayGigInput!'],
    ['playGig takes', '"What." input: PlayGigInput!', '"What." input: PlayGigInput'],
    ['playGig takes', '"What." input: PlayGigInput!', '"What." input: PlayGigInput! "And." loud: Boolean'],
    ['playGig returns PlayGigResult,', '): PlayGigResult!', '): PlayGigResult'],
    [
      'playGig has 0 successes',
      'type GigPlayed {',
      'type GigPlayed implements Refusal { "Why." message: String!',
    ],
    ['playGig has 2 successes: GigPlayed, Gig', '= GigPlayed | TooLate', '= GigPlayed | Gig | TooLate'],
    ['TooLate is in no result union', '= GigPlayed | TooLate', '= GigPlayed'],
    ['@requires.roles', '"Any of these." ', ''],
    ['Query.gigs.after', '"From here." ', ''],
    ['PlayGigInput.kind', '{ "Which." kind', '{ kind'],
    ['GigKind.LOUD', '"With noise." ', ''],
    ['PlayGigResult', '"What playGig returns." ', ''],
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
