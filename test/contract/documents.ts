import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  parse,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import {
  createSourceFile,
  forEachChild,
  isStringLiteralLike,
  isTemplateExpression,
  ScriptTarget,
  type Node,
} from 'typescript';

/** An operation that a file of the project sends or shows. */
export interface WrittenOperation {
  path: string;
  query: string;
  operation: OperationDefinitionNode;
}

/** Largest page; the cost of an operation grows with it. */
const MAX_PAGE = 100;

/** Operations in pages and programs: code blocks, code in a line, JSON of commands, literals of TypeScript. */
export function operationsIn(files: ReadonlyMap<string, string>): WrittenOperation[] {
  return [...files].flatMap(([path, text]) =>
    textsIn(path, text).flatMap((query) =>
      operationsOf(query).map((operation) => ({ path, query, operation })),
    ),
  );
}

/** Values for the variables that an operation requires, and the largest page size. */
export function variablesFor(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, type: node, defaultValue }) => {
      const { value: name } = variable.name;
      const type = typeFromAST(schema, node as never) as GraphQLInputType;
      if (name === 'first') return [[name, MAX_PAGE]];
      return isNonNullType(type) && defaultValue === undefined ? [[name, valueOf(type)]] : [];
    }),
  );
}

function textsIn(path: string, text: string): string[] {
  if (path.endsWith('.ts')) return literalsIn(path, text);
  const blocks = [...text.matchAll(/^```graphql\n(.*?)^```/gms)].map(([, block]) => block!);
  const inLines = [...text.matchAll(/`((?:\{[^`\n]*\{|(?:query|mutation|subscription)\b)[^`\n]*\})`/g)].map(
    ([, code]) => code!,
  );
  const inJson = [...text.matchAll(/"query": ?("(?:[^"\\]|\\.)*\{(?:[^"\\]|\\.)*")/g)].map(
    ([, json]) => JSON.parse(json!) as string,
  );
  return [...blocks, ...inLines, ...inJson];
}

function literalsIn(path: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (isStringLiteralLike(node)) found.push(node.text);
    if (isTemplateExpression(node))
      found.push(node.head.text + node.templateSpans.map(({ literal }) => `x${literal.text}`).join(''));
    forEachChild(node, visit);
  };
  visit(createSourceFile(path, text, ScriptTarget.Latest));
  return found;
}

/** Empty for what is no document. */
function operationsOf(text: string): OperationDefinitionNode[] {
  if (!text.includes('{')) return [];
  try {
    return parse(text).definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  } catch {
    return [];
  }
}

function valueOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType);
  if (isListType(type)) return [valueOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const given = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
    return Object.fromEntries(given.map((field) => [field.name, valueOf(field.type)]));
  }
  return { Boolean: true, Int: 1, Float: 1, Amount: 1, DateTime: '2030-01-01T00:00:00Z' }[type.name] ?? 'x';
}
