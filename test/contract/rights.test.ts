import { buildSchema as buildSdl, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { textsOf } from '../../scripts/check/tree.ts';
import { SCHEMA_FILES } from '../../src/app/graphql/schema-files.ts';
import { buildSchema } from '../../src/app/schema.ts';
import type { Role } from '../../src/platform/auth/viewer.ts';
import { openClient } from '../support/client.ts';
import { viewerOf } from '../support/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { openSubject, type Subject } from './rights-subject.ts';
import { tryRight, type Asking } from './rights-trial.ts';
import { restrictedOf, rightsOf, verdictOf, type Right } from './rights.ts';

const OWNERS = { organiser: 'olga', buyer: 'ana' };

/** Who tries each field: name, and the roles of the token; null: without one. */
const VIEWERS: Record<string, [sub: string, ...roles: Role[]] | null> = {
  'without a token': null,
  'a fan': ['ben', 'FAN'],
  'the buyer': [OWNERS.buyer, 'FAN'],
  'a partner': ['tix', 'PARTNER'],
  'the gate': ['gus', 'GATE'],
  'the organiser': [OWNERS.organiser, 'ORGANISER'],
  'the organiser, without the role': [OWNERS.organiser, 'FAN'],
  'another organiser': ['otto', 'ORGANISER'],
  'an admin': ['ada', 'ADMIN'],
};

const { rights, problems } = rightsOf(buildSdl([...textsOf(SCHEMA_FILES).values()].join('\n')));
const restricted = restrictedOf(rights);

describe('rights are stated in the schema', () => {
  test('for every field', () => {
    expect(problems).toEqual([]);
    expect(restricted.length).toBeGreaterThan(50);
  });

  test.each([
    [
      'Event.fee has no rule',
      '"Its price." price: Int! @public',
      '"Its fee." fee: Int! "Its price." price: Int! @public',
    ],
    ['Query.event has no rule', 'event: Event @public', 'event: Event'],
    ['Receipt.total has no rule', 'type Receipt @access(to: CALLER)', 'type Receipt'],
    ['Place.row needs a rule of its own', 'secret: Int @public', 'secret: Int @access(to: OWNER)'],
    ['Event.price is public and restricted', 'Int! @public', 'Int! @public @requires'],
    ['Mutation.buy has no @requires', '@requires @access(to: ROLES)', '@access(to: ROLES)'],
    ['Mutation.buy has no rule', '@requires @access(to: ROLES)', '@requires'],
  ])('a broken rule is found: %s', (problem, part, broken) => {
    expect(rightsOf(buildSdl(VALID)).problems).toEqual([]);
    const sdl = VALID.replace(part, broken);
    expect(sdl).not.toBe(VALID);
    expect(rightsOf(buildSdl(sdl)).problems).toContainEqual(expect.stringContaining(problem));
  });
});

/** A small schema that follows every rule. */
const VALID = `
directive @requires(roles: [String!]! = []) on FIELD_DEFINITION
directive @public on FIELD_DEFINITION | OBJECT
directive @access(to: Audience!) on FIELD_DEFINITION | OBJECT
enum Audience { ROLES OWNER CALLER }
type Query { event: Event @public }
type Mutation { buy: BuyResult! @requires @access(to: ROLES) }
union BuyResult = Bought
type Bought { receipt: Receipt! }
type Receipt @access(to: CALLER) { total: Int! }
type Place @public { row: Int secret: Int @public }
type Event { "Its price." price: Int! @public sold: Int @access(to: OWNER) place: Place @public }
`;

describe('the server answers as the schema says', () => {
  let world: World;
  let schema: GraphQLSchema;
  let shared: Subject;
  const askings = new Map<string, Asking>();

  beforeAll(async () => {
    world = await openWorld();
    schema = await buildSchema();
    for (const [name, viewer] of Object.entries(VIEWERS)) {
      const token = viewer === null ? undefined : await world.token(...viewer);
      askings.set(name, { url: world.url, client: openClient(world.url, token), token });
    }
    shared = await fresh();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const fresh = () => openSubject(world, { ...OWNERS, as: askings.get('the organiser')!.client });

  test.each(restricted.map((right) => [`${right.type}.${right.field.name}`, right] as const))(
    '%s',
    async (_name, right) => {
      const field = built(schema, right);
      const before = await shared.state();
      const found: Record<string, string> = {};
      const expected: Record<string, string> = {};
      for (const [name, viewer] of Object.entries(VIEWERS)) {
        const verdict = verdictOf(right, viewer && viewerOf(...viewer), OWNERS);
        // who is let pass may change it
        const subject = right.type === 'Mutation' && verdict === 'yes' ? await fresh() : shared;
        expected[name] = verdict;
        found[name] = await tryRight(field, subject, askings.get(name)!);
      }
      expect(found).toEqual(expected);
      if (right.type === 'Mutation') expect(await shared.state()).toBe(before);
    },
  );
});

/** The field of the executable schema: `minimalValue` tells its types by their classes. */
const built = (schema: GraphQLSchema, right: Right): Right => {
  const type = schema.getType(right.type) as unknown as { getFields(): Record<string, Right['field']> };
  return { ...right, field: type.getFields()[right.field.name]! };
};
