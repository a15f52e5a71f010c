import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  OperationTypeNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

import { leavesOf, minimalValue, valueWith } from './hostile-values.ts';

/** An operation, with its variables as JSON text: some values have no other form. */
export interface Case {
  where: string;
  operation: OperationTypeNode;
  query: string;
  variables: string;
}

const BIG = '123456789012345678901234567890';
/** Values that are of the wrong kind for some type, as JSON or as a literal. */
export const WRONG_IN_ANY_FORM = ['null', 'true', '0', '-1.5', '1e400', BIG, '""', '[]', '{}'];
/** The same with those that only JSON can say. */
const WRONG = [
  ...WRONG_IN_ANY_FORM,
  '"text"',
  '[null]',
  '[[]]',
  '[{}]',
  '{"__proto__x":1}',
  '{"constructor":{"prototype":null}}',
  '{"toString":1,"valueOf":1}',
  `${'['.repeat(2_000)}${']'.repeat(2_000)}`,
  `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
  `{"then":{},"kind":"Variable","name":{"value":"x"}}`,
];
const MAX_BAD_VALUES = 60;
const COUNTS = Array.from({ length: MAX_BAD_VALUES }, (_, index) => index + 1);
/** graphql-js stops at ten errors and adds one of its own; each field counts its own way there. */
const EDGES = [1, 9, 10, 11, 12, MAX_BAD_VALUES];
/** Fields that are tried with every count. */
const THOROUGH = ['nodes', 'reserveTickets', 'seatMapChanged'];

type Target = [OperationTypeNode, GraphQLField<unknown, unknown>];

/** Every root field of the schema. */
function rootFields(schema: GraphQLSchema): Target[] {
  return Object.values(OperationTypeNode).flatMap((operation) =>
    Object.values(schema.getRootType(operation)?.getFields() ?? {}).map((field): Target => [
      operation,
      field,
    ]),
  );
}

/** Every argument of every root field with values of wrong kinds, whole and in each of its parts. */
export function wrongVariables(schema: GraphQLSchema): Case[] {
  return argumentsOf(schema).flatMap(({ target, arg, rest }) => {
    const query = operationOn(target, [arg.name, ...Object.keys(rest)]);
    const parts = leavesOf(arg.type).map(({ path }) => path);
    return [[], ...parts].flatMap((path) =>
      WRONG.map((value) => ({
        where: `${target[1].name}(${[arg.name, ...path].join('.')}: ${value.slice(0, 40)})`,
        operation: target[0],
        query,
        variables: jsonWith(
          { ...rest, [arg.name]: path.length === 0 ? MARK : valueWith(arg.type, path, MARK) },
          value,
        ),
      })),
    );
  });
}

/** Up to 60 bad values: in each list of each argument, as unknown fields of each object, and as so many variables. */
export function manyBadValues(schema: GraphQLSchema): Case[] {
  return argumentsOf(schema).flatMap(({ target, arg, rest }) => {
    const query = operationOn(target, [arg.name, ...Object.keys(rest)]);
    const counts = THOROUGH.includes(target[1].name) ? COUNTS : EDGES;
    const lists = listsOf(arg.type).flatMap((path) =>
      counts.map((count) => ({
        where: `${target[1].name}(${[arg.name, ...path].join('.')}), ${count} bad items`,
        operation: target[0],
        query,
        variables: jsonWith(
          { ...rest, [arg.name]: valueWith(arg.type, path, MARK) },
          `[${Array(count).fill('[{}]').join()}]`,
          [MARK],
        ),
      })),
    );
    const unknown = counts.map((count) => ({
      where: `${target[1].name}(${arg.name}), ${count} unknown fields`,
      operation: target[0],
      query,
      variables: jsonWith({ ...rest, [arg.name]: MARK }, JSON.stringify(numbered(count, 1))),
    }));
    const many = counts.map((count) => ({
      where: `${target[1].name}(${arg.name}) with ${count} bad variables`,
      operation: target[0],
      query: repeated(target, arg, rest, count),
      variables: JSON.stringify({ ...rest, ...numbered(count, [[{}]]) }),
    }));
    return [...lists, ...unknown, ...many];
  });
}

/** Stands for the value that is tried. */
export const MARK = '\u0001here\u0001';

/** The variables as JSON, with `value` in place of the mark, or of the list that holds it. */
function jsonWith(variables: object, value: string, place: unknown = MARK): string {
  return JSON.stringify(variables).replace(JSON.stringify(place), () => value);
}

/** Every argument of every root field, with minimal values of the others that are required. */
export function argumentsOf(schema: GraphQLSchema) {
  return rootFields(schema).flatMap((target) => {
    const { args } = target[1];
    return args.map((arg) => {
      const others = args.filter(
        (other) => other !== arg && isNonNullType(other.type) && other.defaultValue === undefined,
      );
      const rest = Object.fromEntries(others.map((other) => [other.name, minimalValue(other.type)]));
      return { target, arg, rest };
    });
  });
}

export const declarations = (field: GraphQLField<unknown, unknown>, names: readonly string[]): string[] =>
  field.args.filter(({ name }) => names.includes(name)).map((arg) => `$${arg.name}: ${String(arg.type)}`);

export const selectionOf = (field: GraphQLField<unknown, unknown>): string =>
  isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';

const numbered = (count: number, value: unknown): Record<string, unknown> =>
  Object.fromEntries(COUNTS.slice(0, count).map((n) => [`v${n}`, value]));

function operationOn([operation, field]: Target, names: readonly string[]): string {
  const used = names.map((name) => `${name}: $${name}`).join(', ');
  const selection = selectionOf(field);
  const declared = declarations(field, names).join(', ');
  return `${operation} ${declared && `(${declared})`} { ${field.name}${used && `(${used})`} ${selection} }`;
}

/** The first variable is the argument, the others are conditions: as many bad variables as the document has. */
function repeated(
  [operation, field]: Target,
  arg: GraphQLArgument,
  rest: Record<string, unknown>,
  count: number,
): string {
  const names = Object.keys(rest);
  const conditions = COUNTS.slice(1, count).map((n) => `$v${n}: Boolean!`);
  const declared = [`$v1: ${String(arg.type)}`, ...conditions, ...declarations(field, names)].join(', ');
  const used = [`${arg.name}: $v1`, ...names.map((name) => `${name}: $${name}`)].join(', ');
  const inner = COUNTS.slice(1, count)
    .map((n) => `... @include(if: $v${n}) { __typename }`)
    .join(' ');
  return `${operation} (${declared}) { ${field.name}(${used}) { __typename ${inner} } }`;
}

/** Paths to the lists within an argument. */
function listsOf(type: GraphQLInputType, path: string[] = []): string[][] {
  const bare = getNullableType(type);
  if (isListType(bare)) return [path, ...listsOf(bare.ofType, path)];
  if (!isInputObjectType(bare)) return [];
  return Object.values(bare.getFields()).flatMap((field) => listsOf(field.type, [...path, field.name]));
}
