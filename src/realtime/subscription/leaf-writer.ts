import {
  getNullableType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

import type { LiveUpdate } from './live-stream.ts';
import type { RootLeaves } from './operation-shape.ts';

/** Writes the result of an update in JSON; null: only an execution can say what it is. */
export type LeafWriter = (update: LiveUpdate) => string | null;

/** A field of the response: its key in JSON, and how its value is written. */
interface Leaf {
  prefix: string;
  name: string;
  isRequired: boolean;
  serialize: (value: unknown) => unknown;
}

/** Fields whose value is the property of their name. */
export type PlainFields = ReadonlySet<GraphQLField<unknown, unknown>>;

/**
 * The fields of a schema without resolvers. Call it before Apollo Server executes a first query: for plugins like its cache control
 * it then gives every field of the schema a resolver.
 */
export function plainFieldsOf(schema: GraphQLSchema): PlainFields {
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()));
  return new Set(fields.filter(({ resolve }) => resolve === undefined));
}

/**
 * A writer for documents whose root field has leaf fields only, without resolvers: the result is that of an execution, in a
 * twentieth of the time. Null: an execution is needed.
 */
export function leafWriter(
  schema: GraphQLSchema,
  plainFields: PlainFields,
  { responseKey, type, fields }: RootLeaves,
): LeafWriter | null {
  const objectType = schema.getType(type);
  if (!isObjectType(objectType)) return null;
  const leaves: Leaf[] = [];
  for (const [key, name] of fields) {
    const field = objectType.getFields()[name];
    const leafType = field && getNullableType(field.type);
    const prefix = `${leaves.length === 0 ? '' : ','}${JSON.stringify(key)}:`;
    if (name === '__typename') {
      leaves.push({ prefix, name, isRequired: true, serialize: String });
    } else if (!isLeafType(leafType) || !plainFields.has(field!)) return null;
    else {
      const serialize = (value: unknown) => leafType.serialize(value);
      leaves.push({ prefix, name, isRequired: isNonNullType(field!.type), serialize });
    }
  }
  const begin = `{"data":{${JSON.stringify(responseKey)}:{`;
  return (update) => {
    if (update.__typename !== type) return null;
    const values = update as unknown as Record<string, unknown>;
    let json = begin;
    for (const { prefix, name, isRequired, serialize } of leaves) {
      const value = values[name] ?? null;
      if (value === null && isRequired) return null;
      try {
        json += prefix + (value === null ? 'null' : JSON.stringify(serialize(value)));
      } catch {
        return null; // the execution reports it
      }
    }
    return `${json}}}}`;
  };
}
