import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  valueFromASTUntyped,
  type DirectiveNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { buildSchema } from '../../../src/app/schema.ts';
import { ROLES, type Role } from '../../../src/platform/auth/viewer.ts';
import { openClient, type Client } from '../../support/client.ts';
import { openWorld, type World } from '../../support/world.ts';

/** Everything at the root whose use the schema restricts, and to whom. */
interface Restricted {
  type: 'Query' | 'Mutation';
  field: GraphQLField<unknown, unknown>;
  roles: Role[];
}

let world: World;
let schema: GraphQLSchema;
let restricted: Restricted[];
beforeAll(async () => {
  world = await openWorld();
  schema = await buildSchema();
  restricted = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const rule = ruleOf(field.astNode);
      if (rule === undefined) return [];
      const list = rule.arguments?.find(({ name }) => name.value === 'roles')?.value;
      const roles = list ? (valueFromASTUntyped(list) as Role[]) : [];
      return [{ type: type.name as Restricted['type'], field, roles }];
    }),
  );
});
afterAll(() => world[Symbol.asyncDispose]());

test('every mutation says who may use it', () => {
  const mutations = Object.keys(schema.getMutationType()!.getFields());
  expect(mutations.length).toBeGreaterThan(12);
  expect(restricted.filter(({ type }) => type === 'Mutation').map(({ field }) => field.name)).toEqual(
    mutations,
  );
});

test('a rule below the root is enforced as at the root', () => {
  // The matrix below walks the roots alone. The day a nested field or a type carries a rule, it has to walk further.
  const roots = new Set(['Query', 'Mutation']);
  const nested = Object.values(schema.getTypeMap()).filter(
    (type) =>
      'getFields' in type &&
      !roots.has(type.name) &&
      [type, ...Object.values(type.getFields())].some(({ astNode }) => ruleOf(astNode) !== undefined),
  );
  expect(nested.map(({ name }) => name)).toEqual([]);
});

test('nobody uses a field without a token, whatever the arguments', async () => {
  for (const one of restricted) expect(await codeOf(world.stranger, one)).toBe('UNAUTHENTICATED');
});

test.each([...ROLES, 'none'] as const)(
  'a token with role %s opens what its role opens, and nothing else',
  async (role) => {
    const token = await world.issuer.sign({ sub: `a-${role}`, roles: role === 'none' ? [] : [role] });
    const client = openClient(world.url, token);
    let opened = 0;
    for (const one of restricted) {
      const may = role === 'ADMIN' || one.roles.length === 0 || one.roles.includes(role as Role);
      const code = await codeOf(client, one);
      opened += Number(may);
      if (may)
        expect(`${one.field.name}: ${code}`).not.toMatch(/UNAUTHENTICATED|FORBIDDEN|INTERNAL_SERVER_ERROR/);
      else expect(`${one.field.name}: ${code}`).toBe(`${one.field.name}: FORBIDDEN`);
    }
    expect(opened > 0).toBe(!['GATE', 'none'].includes(role)); // what the gate scans comes later
  },
);

/** The `@requires` of a field or type. */
function ruleOf(node: { readonly directives?: readonly DirectiveNode[] } | null | undefined) {
  return node?.directives?.find(({ name }) => name.value === 'requires');
}

/** The code of the first error, or the type of the answer. */
async function codeOf(client: Client, { type, field }: Restricted): Promise<string> {
  const args = field.args.filter(needed).map((arg) => `${arg.name}: ${literal(arg.type)}`);
  const call = `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''} { __typename }`;
  const { data, errors } = await client.send(`${type.toLowerCase()} { ${call} }`);
  const code = errors[0]?.extensions['code'] as string | undefined;
  if (code === 'GRAPHQL_VALIDATION_FAILED')
    throw new Error(`the generated operation is wrong: ${errors[0]?.message}`);
  return code ?? data?.[field.name].__typename;
}

const needed = ({ type, defaultValue }: GraphQLArgument | GraphQLInputField) =>
  isNonNullType(type) && defaultValue === undefined;

/** The least that GraphQL takes for a value of the type. */
function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return '[]';
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]!.name;
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    const chosen = named.isOneOf ? fields.slice(0, 1) : fields.filter(needed);
    return `{ ${chosen.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
  }
  switch (named.name) {
    case 'Int':
    case 'Float':
      return '1';
    case 'Boolean':
      return 'true';
    case 'DateTime':
      return '"2030-01-01T00:00:00Z"';
    case 'Currency':
      return '"EUR"';
    default:
      return '"x"';
  }
}
