import { getDirective } from '@graphql-tools/utils';
import {
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

import type { Audience } from '../../src/generated/graphql.ts';
import type { Role, Viewer } from '../../src/platform/auth/viewer.ts';

/** Who may use a field: by the schema alone. */
export interface Right {
  type: string;
  field: GraphQLField<unknown, unknown>;
  /** Null: no token is needed. Empty: any token. */
  roles: readonly Role[] | null;
  to: Audience | 'PUBLIC';
  /** The rule is that of all objects of the type. */
  isOfType: boolean;
}

/** What `@public` and `@access` say of a definition; null: neither. */
type Stated = Right['to'] | null;

/** Rules that hide something. */
const isRestricted = (to: Stated): boolean => to !== null && to !== 'PUBLIC' && to !== 'CALLER';

const ROOTS: readonly string[] = ['Query', 'Mutation', 'Subscription'];

/** The right of every field, and what is wrong with the rules. */
export function rightsOf(schema: GraphQLSchema): { rights: Right[]; problems: string[] } {
  const types = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );
  const answers = answersOf(schema);
  const problems: string[] = [];
  const rights = types.flatMap((type) => {
    const isRoot = ROOTS.includes(type.name);
    const ofType = isRoot ? null : (statedOf(schema, type) ?? (answers.has(type.name) ? 'CALLER' : null));
    const fields = Object.values(type.getFields());
    const isMixed = fields.some((field) => isRestricted(statedOf(schema, field)));
    return fields.flatMap((field) => {
      const name = `${type.name}.${field.name}`;
      const own = statedOf(schema, field);
      const to = own ?? ofType;
      const requires = getDirective(schema, field, 'requires')?.[0] as { roles: Role[] } | undefined;
      if (to === null) problems.push(`${name} has no rule: @public or @access`);
      else if (own === null && ofType === 'PUBLIC' && isMixed)
        problems.push(`${name} needs a rule of its own, as other fields of the type are restricted`);
      if (getDirective(schema, field, 'public') && (requires || getDirective(schema, field, 'access')))
        problems.push(`${name} is public and restricted`);
      if (type.name === 'Mutation' && requires === undefined) problems.push(`${name} has no @requires`);
      if (to === null) return [];
      const needsToken = type.name === 'Subscription' && to !== 'PUBLIC';
      return [
        {
          type: type.name,
          field,
          roles: requires?.roles ?? (needsToken ? [] : null),
          to,
          isOfType: own === null,
        },
      ];
    });
  });
  return { rights, problems };
}

/** Types that only the field returns which they are an answer of: results of mutations, refusals, pages and their edges. */
function answersOf(schema: GraphQLSchema): Set<string> {
  const refusal = schema.getType('Refusal');
  return new Set(
    Object.values(schema.getTypeMap()).flatMap((type) => {
      if (isUnionType(type) && type.name.endsWith('Result')) return type.getTypes().map(({ name }) => name);
      if (!isObjectType(type)) return [];
      const isAnswer =
        /(Connection|Edge)$/.test(type.name) || (isInterfaceType(refusal) && schema.isSubType(refusal, type));
      return isAnswer ? [type.name] : [];
    }),
  );
}

function statedOf(
  schema: GraphQLSchema,
  definition: GraphQLObjectType | GraphQLField<unknown, unknown>,
): Stated {
  if (getDirective(schema, definition, 'public')) return 'PUBLIC';
  return (getDirective(schema, definition, 'access')?.[0]?.['to'] as Audience | undefined) ?? null;
}

/** To whom the objects belong that the matrix is tried on. */
export interface Owners {
  organiser: string;
  buyer: string;
}

/** `yes`; `no`: as if there were no such thing; or a code of an error. */
export type Verdict = 'yes' | 'no' | 'UNAUTHENTICATED' | 'FORBIDDEN';

/** What the schema says of a viewer; null: without a token. */
export function verdictOf({ type, roles, to }: Right, viewer: Viewer | null, owners: Owners): Verdict {
  const isAdmin = viewer?.roles.has('ADMIN') ?? false;
  if (roles !== null) {
    if (viewer === null) return 'UNAUTHENTICATED';
    if (roles.length > 0 && !isAdmin && !roles.some((role) => viewer.roles.has(role))) return 'FORBIDDEN';
  }
  const organises = isAdmin || (viewer?.id === owners.organiser && viewer.roles.has('ORGANISER'));
  const owns = type === 'Viewer' ? viewer !== null : viewer?.id === owners.buyer;
  const may: Record<Right['to'], boolean> = {
    PUBLIC: true,
    ROLES: true,
    CALLER: true,
    ORGANISER: organises,
    OWNER: owns || isAdmin,
    OWNER_ALONE: owns,
    OWNER_OR_ORGANISER: owns || organises,
  };
  return may[to] ? 'yes' : 'no';
}

/** Rights to be tried: of every mutation, and of every field that is not open to all who reach it. */
export const restrictedOf = (rights: readonly Right[]): Right[] =>
  rights.filter(({ type, to, roles }) => type === 'Mutation' || roles !== null || isRestricted(to));
