import {
  buildSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** Definition in a schema. */
interface Definition {
  name: string;
  description?: string | null | undefined;
}

/** Build the schema from all files at once, as they extend each other's types. */
export function readSchema(files: Iterable<string>): GraphQLSchema {
  return buildSchema([...files].join('\n'));
}

/** Names of the types that implement `Refusal`, sorted. */
export function refusalsOf(schema: GraphQLSchema): string[] {
  const refusal = schema.getType('Refusal');
  if (!isInterfaceType(refusal)) return [];
  return schema
    .getPossibleTypes(refusal)
    .map(({ name }) => name)
    .toSorted();
}

/** Mutations without one `input` argument and a result union of one success and its refusals; unused refusals. */
export function mutationProblems(schema: GraphQLSchema): string[] {
  const refusals = refusalsOf(schema);
  const returned = new Set<string>();
  const problems = Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) => {
    const pascal = field.name[0]?.toUpperCase() + field.name.slice(1);
    const result = schema.getType(`${pascal}Result`);
    const found: string[] = [];
    const args = field.args.map(({ name, type }) => `${name}: ${String(type)}`).join(', ');
    if (args !== `input: ${pascal}Input!`) found.push(`takes (${args}), not (input: ${pascal}Input!)`);
    if (String(field.type) !== `${pascal}Result!` || !isUnionType(result)) {
      found.push(`returns ${String(field.type)}, not a union ${pascal}Result!`);
    } else {
      const members = result.getTypes().map(({ name }) => name);
      members.forEach((name) => returned.add(name));
      const successes = members.filter((name) => !refusals.includes(name));
      if (successes.length !== 1) found.push(`has ${successes.length} successes: ${successes.join(', ')}`);
    }
    return found.map((problem) => `${field.name} ${problem}`);
  });
  return [
    ...problems,
    ...refusals.filter((name) => !returned.has(name)).map((name) => `${name} is in no result union`),
  ];
}

/** Definitions without a description, as coordinates. */
export function undescribed(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const directives = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
  return [
    ...undescribedOf(types),
    ...undescribedOf(directives, '@'),
    ...directives.flatMap(({ name, args }) => undescribedOf(args, `@${name}.`)),
    ...types.flatMap((type) => {
      if (isEnumType(type)) return undescribedOf(type.getValues(), `${type.name}.`);
      if (isInputObjectType(type)) return undescribedOf(Object.values(type.getFields()), `${type.name}.`);
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      const fields: GraphQLField<unknown, unknown>[] = Object.values(type.getFields());
      return [
        ...undescribedOf(fields, `${type.name}.`),
        ...fields.flatMap((field) => undescribedOf(field.args, `${type.name}.${field.name}.`)),
      ];
    }),
  ];
}

/** Lists of objects whose length no argument, page or `@listSize` gives, so that the cost of an operation would not know it. */
export function unsizedLists(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !isIntrospectionType(type))
    .filter(({ name }) => !name.endsWith('Connection'))
    .flatMap((type) =>
      Object.values((type as GraphQLObjectType).getFields())
        .filter(
          (field) => isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type)),
        )
        .filter(({ args }) => !args.some((arg) => isListType(getNullableType(arg.type))))
        .filter(({ astNode }) => !astNode?.directives?.some(({ name }) => name.value === 'listSize'))
        .map((field) => `${type.name}.${field.name} has no @listSize`),
    );
}

function undescribedOf(definitions: readonly Definition[], prefix = ''): string[] {
  return definitions.filter(({ description }) => !description?.trim()).map(({ name }) => prefix + name);
}

/** Connections and edges that differ from the Relay specification. */
export function connectionProblems(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
  return [
    ...types.filter(({ name }) => name.endsWith('Connection')).flatMap((type) => shapeProblems(schema, type)),
    ...types.flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => pagingProblems(type, field)),
    ),
  ];
}

function shapeProblems(schema: GraphQLSchema, connection: GraphQLObjectType): string[] {
  const edgeName = connection.name.replace(/Connection$/, 'Edge');
  const edge = schema.getType(edgeName);
  if (!isObjectType(edge)) return [`${connection.name}: type ${edgeName} missing`];
  const node = String(edge.getFields()['node']?.type);
  return [
    ...fieldProblem(connection, 'edges', `[${edgeName}!]!`),
    ...fieldProblem(connection, 'nodes', `[${node}]!`),
    ...fieldProblem(connection, 'pageInfo', 'PageInfo!'),
    ...fieldProblem(edge, 'cursor', 'String!'),
    ...(/^\w+!$/.test(node) ? [] : [`${edgeName}.node is ${node}, not a non-null named type`]),
  ];
}

function fieldProblem(type: GraphQLObjectType, name: string, expected: string): string[] {
  const found = String(type.getFields()[name]?.type);
  return found === expected ? [] : [`${type.name}.${name} is ${found}, not ${expected}`];
}

function pagingProblems(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): string[] {
  if (!/Connection!?$/.test(String(field.type))) return [];
  const args = new Map(
    field.args.map((arg) => [arg.name, `${String(arg.type)} = ${String(arg.defaultValue)}`]),
  );
  const [first, after] = [args.get('first'), args.get('after')];
  if (/^Int = \d+$/.test(first ?? '') && after === 'String = undefined') return [];
  return [`${type.name}.${field.name} does not take first: Int with a default, and after: String`];
}
