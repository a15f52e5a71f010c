import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, isNonNullType, type GraphQLSchema } from 'graphql';

import { mayActFor } from '../../platform/auth/viewer.ts';
import type { Context } from '../context.ts';

/** Root fields look up the Event that they are given, and check it themselves. */
const ROOT_TYPES: readonly string[] = ['Query', 'Mutation', 'Subscription'];

/** An Event, or what belongs to one. */
type Organised = { organiserId: string | null } | { eventId: string };

/**
 * Wrap every field of an object with `@access(to: ORGANISER)`: it is null for all but the organiser of the Event and admins. Other
 * audiences are those of whole types, which their lookup checks. Throws for a field that cannot be null.
 */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field, fieldName, typeName) => {
      if (ROOT_TYPES.includes(typeName)) return field;
      if (getDirective(schema, field, 'access')?.[0]?.['to'] !== 'ORGANISER') return field;
      if (isNonNullType(field.type))
        throw new Error(`${typeName}.${fieldName} is for organisers, and has to be null for others`);
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = async (source: Organised, args, context: Context, info) =>
        (await isOrganisedBy(source, context)) ? resolve(source, args, context, info) : null;
      return field;
    },
  });
}

async function isOrganisedBy(source: Organised, { viewer, loaders }: Context): Promise<boolean> {
  if (viewer === null) return false;
  const event = 'organiserId' in source ? source : await loaders.event.load(source.eventId);
  return event !== null && mayActFor(viewer, event.organiserId);
}
