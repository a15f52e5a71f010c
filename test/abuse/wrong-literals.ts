import type { GraphQLScalarType, GraphQLSchema } from 'graphql';

import { leavesOf, minimalValue, valueWith } from './hostile-values.ts';
import { argumentsOf, declarations, MARK, selectionOf, WRONG_IN_ANY_FORM, type Case } from './wrong-kinds.ts';

/** Literals that are of the wrong kind for some type. */
const WRONG = [
  ...WRONG_IN_ANY_FORM,
  '"""block"""',
  '[[{}]]',
  'ENUM_VALUE',
  '__proto__',
  '{__proto__: {constructor: toString}}',
  '{a: 1, a: 2}',
  `[${'{a: 1} '.repeat(60)}]`,
  `${'['.repeat(200)}${']'.repeat(200)}`,
  '$undeclared',
  '[$undeclared, {a: $undeclared}]',
];

/** Every argument of every root field with literals of wrong kinds, whole and in each of its parts. */
export function wrongLiterals(schema: GraphQLSchema): Case[] {
  return argumentsOf(schema).flatMap(({ target, arg, rest }) =>
    [[], ...leavesOf(arg.type).map(({ path }) => path)].flatMap((path) =>
      WRONG.map((value) => {
        const [operation, field] = target;
        const whole = path.length === 0 ? MARK : valueWith(arg.type, path, MARK);
        const given = Object.entries({ ...rest, [arg.name]: whole }).map(
          ([name, one]) => `${name}: ${literal(one).replace(JSON.stringify(MARK), () => value)}`,
        );
        return {
          where: `${field.name}(${[arg.name, ...path].join('.')}: ${value.slice(0, 40)})`,
          operation,
          query: `${operation} { ${field.name}(${given.join(', ')}) ${selectionOf(field)} }`,
          variables: '{}',
        };
      }),
    ),
  );
}

/** Null in a nullable variable with a default, which validation lets into places that take no null. */
export function nullVariables(schema: GraphQLSchema): Case[] {
  return argumentsOf(schema).flatMap(({ target, arg, rest }) =>
    leavesOf(arg.type).map(({ path, scalar }) => {
      const [operation, field] = target;
      const names = Object.keys(rest);
      const fallback = literal(minimalValue(schema.getType(scalar) as GraphQLScalarType));
      const declared = [`$v: ${scalar} = ${fallback}`, ...declarations(field, names)].join(', ');
      const value = literal(valueWith(arg.type, path, MARK)).replace(JSON.stringify(MARK), '$v');
      const used = [`${arg.name}: ${value}`, ...names.map((name) => `${name}: $${name}`)].join(', ');
      return {
        where: `${field.name}(${[arg.name, ...path].join('.')}: null in a variable)`,
        operation,
        query: `${operation} (${declared}) { ${field.name}(${used}) ${selectionOf(field)} }`,
        variables: JSON.stringify({ ...rest, v: null }),
      };
    }),
  );
}

/** GraphQL literal of a JSON value, whose strings may be enum values: those are upper case. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join()}]`;
  if (typeof value === 'string')
    return /^[A-Z_]+$/.test(value) && value !== 'EUR' ? value : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([name, part]) => `${name}: ${literal(part)}`)
    .join()}}`;
}
