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

/** A root field with `@requires`, and the roles it allows. */
interface RestrictedField {
  type: 'Query' | 'Mutation';
  field: GraphQLField<unknown, unknown>;
  roles: Role[];
}

let world: World;
let schema: GraphQLSchema;
let restricted: RestrictedField[];
beforeAll(async () => {
  world = await openWorld();
  schema = await buildSchema();
  restricted = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const rule = ruleOf(field.astNode);
      if (rule === undefined) return [];
      const list = rule.arguments?.find(({ name }) => name.value === 'roles')?.value;
      const roles = list ? (valueFromASTUntyped(list) as Role[]) : [];
      return [{ type: type.name as RestrictedField['type'], field, roles }];
    }),
  );
});
afterAll(() => world[Symbol.asyncDispose]());

test('every mutation declares the roles that may use it', () => {
  const mutations = Object.keys(schema.getMutationType()!.getFields());
  expect(mutations.length).toBeGreaterThan(12);
  expect(restricted.filter(({ type }) => type === 'Mutation').map(({ field }) => field.name)).toEqual(
    mutations,
  );
});

test('only root fields carry @requires', () => {
  // The role matrix below covers root fields only. A rule on a nested field or a type needs tests of its own.
  const roots = new Set(['Query', 'Mutation']);
  const nested = Object.values(schema.getTypeMap()).filter(
    (type) =>
      'getFields' in type &&
      !roots.has(type.name) &&
      [type, ...Object.values(type.getFields())].some(({ astNode }) => ruleOf(astNode) !== undefined),
  );
  expect(nested.map(({ name }) => name)).toEqual([]);
});

test('a restricted field without a token is UNAUTHENTICATED, whatever the arguments', async () => {
  for (const target of restricted) expect(await codeOf(world.stranger, target)).toBe('UNAUTHENTICATED');
});

test.each([...ROLES, 'none'] as const)(
  'a token with role %s may use exactly the fields of its role',
  async (role) => {
    const token = await world.issuer.sign({ sub: `a-${role}`, roles: role === 'none' ? [] : [role] });
    const client = openClient(world.url, token);
    let allowedByRole = 0;
    for (const target of restricted) {
      const isAllowed = role === 'ADMIN' || target.roles.length === 0 || target.roles.includes(role as Role);
      const code = await codeOf(client, target);
      allowedByRole += Number(isAllowed && (role === 'ADMIN' || target.roles.length > 0));
      const result = `${target.field.name}: ${code}`;
      if (isAllowed) expect(result).not.toMatch(/UNAUTHENTICATED|FORBIDDEN|INTERNAL_SERVER_ERROR/);
      else expect(result).toBe(`${target.field.name}: FORBIDDEN`);
    }
    expect(allowedByRole > 0).toBe(!['GATE', 'none'].includes(role)); // no field for role GATE exists yet
  },
);

/** The `@requires` of a field or type. */
function ruleOf(node: { readonly directives?: readonly DirectiveNode[] } | null | undefined) {
  return node?.directives?.find(({ name }) => name.value === 'requires');
}

/** Code of the first error, else the type of the result; `null`: there is none. */
async function codeOf(client: Client, { type, field }: RestrictedField): Promise<string> {
  const args = field.args.filter(isRequired).map((arg) => `${arg.name}: ${literal(arg.type)}`);
  const call = `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''} { __typename }`;
  const { data, errors } = await client.send(`${type.toLowerCase()} { ${call} }`);
  const code = errors[0]?.extensions['code'] as string | undefined;
  if (code === 'GRAPHQL_VALIDATION_FAILED')
    throw new Error(`the generated operation is wrong: ${errors[0]?.message}`);
  return code ?? data?.[field.name]?.__typename ?? 'null';
}

const isRequired = ({ type, defaultValue }: GraphQLArgument | GraphQLInputField) =>
  isNonNullType(type) && defaultValue === undefined;

/** Smallest literal that validates as the type. */
function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return '[]';
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]!.name;
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    const chosen = named.isOneOf ? fields.slice(0, 1) : fields.filter(isRequired);
    return `{ ${chosen.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
  }
  switch (named.name) {
    case 'Int':
    case 'Float':
    case 'Amount':
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
