import { describe, expect, test } from 'vitest';

import { textsOf } from '../../scripts/check/tree.ts';
import { SCHEMA_FILES } from '../../src/app/graphql/schema-files.ts';
import { connectionProblems, mutationProblems, readSchema, refusalsOf, undescribed } from './schema-rules.ts';

describe('the contract', () => {
  const schema = readSchema(textsOf(SCHEMA_FILES).values());

  test('is large enough to be worth looking at', () => {
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {}).length).toBeGreaterThan(10);
    expect(refusalsOf(schema).length).toBeGreaterThan(20);
    expect(
      Object.keys(schema.getTypeMap()).filter((name) => name.endsWith('Connection')).length,
    ).toBeGreaterThan(2);
  });

  test('has mutations of one input and one union, with one success and its refusals', () => {
    expect(mutationProblems(schema)).toEqual([]);
  });

  test('has a sentence on everything', () => {
    expect(undescribed(schema)).toEqual([]);
  });

  test('has lists that a Relay client understands', () => {
    expect(connectionProblems(schema)).toEqual([]);
  });
});

/** A contract in small that keeps every rule; each control breaks one of them. */
const SOUND = `
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
"What playGig answers." union PlayGigResult = GigPlayed | TooLate
"A gig." type Gig { "Its name." name: String! }
"A page." type GigConnection { "Edges." edges: [GigEdge!]! "Gigs." nodes: [Gig!]! "Where." pageInfo: PageInfo! }
"One of a page." type GigEdge { "Where." cursor: String! "What." node: Gig! }
"Where a page lies." type PageInfo { "More?" hasNextPage: Boolean! }
`;

function problemsOf(sdl: string): string[] {
  const schema = readSchema([sdl]);
  return [...mutationProblems(schema), ...undescribed(schema), ...connectionProblems(schema)];
}

describe('a contract that breaks a rule is found', () => {
  test('and one that keeps them is not', () => {
    expect(refusalsOf(readSchema([SOUND]))).toEqual(['TooLate']);
    expect(problemsOf(SOUND)).toEqual([]);
  });

  test.each([
    ['playGig takes', '"What." input: PlayGigInput!', '"What." gig: PlayGigInput!'],
    ['playGig takes', '"What." input: PlayGigInput!', '"What." input: PlayGigInput'],
    ['playGig takes', '"What." input: PlayGigInput!', '"What." input: PlayGigInput! "And." loud: Boolean'],
    ['playGig answers PlayGigResult,', '): PlayGigResult!', '): PlayGigResult'],
    [
      'playGig has 0 successes',
      'type GigPlayed {',
      'type GigPlayed implements Refusal { "Why." message: String!',
    ],
    ['playGig has 2 successes: GigPlayed, Gig', '= GigPlayed | TooLate', '= GigPlayed | Gig | TooLate'],
    ["TooLate is nobody's answer", '= GigPlayed | TooLate', '= GigPlayed'],
    ['@requires.roles', '"Any of these." ', ''],
    ['Query.gigs.after', '"From here." ', ''],
    ['PlayGigInput.kind', '{ "Which." kind', '{ kind'],
    ['GigKind.LOUD', '"With noise." ', ''],
    ['PlayGigResult', '"What playGig answers." ', ''],
    ['Gig.name', '"Its name." ', ''],
    ['Query.gigs does not take', 'first: Int = 20', 'limit: Int = 20'],
    ['Query.gigs does not take', 'first: Int = 20', 'first: Int'],
    ['GigConnection.edges is [GigEdge], not [GigEdge!]!', '[GigEdge!]!', '[GigEdge]'],
    ['GigConnection.pageInfo is PageInfo, not PageInfo!', 'PageInfo! }', 'PageInfo }'],
    ['GigEdge.cursor is Int!, not String!', 'cursor: String!', 'cursor: Int!'],
    ['GigConnection: there is no GigEdge', 'GigEdge', 'GigSide'],
  ])('%s', (problem, part, broken) => {
    const sdl = SOUND.replaceAll(part, broken);
    expect(sdl).not.toBe(SOUND);
    expect(problemsOf(sdl)).toContainEqual(expect.stringContaining(problem));
  });
});
