import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, type GraphQLSchema } from 'graphql';

import { signedIn, type Role } from '../../platform/auth/viewer.ts';
import { CodedError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';

/** Wrap every field with `@requires` in a role check: the one place where roles are enforced. */
export function enforceRequires(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field, fieldName, typeName) => {
      const type = schema.getType(typeName);
      const rule = (getDirective(schema, field, 'requires')?.[0] ??
        (type && getDirective(schema, type, 'requires')?.[0])) as { roles: Role[] } | undefined;
      if (rule === undefined) return field;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: Context, info) => {
        requireRole(context, rule.roles, `${typeName}.${fieldName}`);
        return resolve(source, args, context, info);
      };
      return field;
    },
  });
}

function requireRole(context: Context, roles: readonly Role[], field: string): void {
  const viewer = signedIn(context);
  if (roles.length === 0 || viewer.roles.has('ADMIN') || roles.some((role) => viewer.roles.has(role))) return;
  throw new CodedError('FORBIDDEN', `${field} is for ${roles.join(' or ')}.`, { roles });
}
