import { createHash } from 'node:crypto';
import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getVariableValues,
  GraphQLError,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isLeafType,
  isObjectType,
  Kind,
  TypeNameMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** A parsed and validated Subscription operation. */
export interface CheckedOperation {
  document: DocumentNode;
  /** Memory that the document takes. */
  bytes: number;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
  /** What it counts for in rate limits. */
  weight: number;
}

/** What an operation selects, however it is written. */
export interface OperationShape {
  /** Operations with equal keys give an equal result for an equal update. */
  key: string;
  /** Types whose fields are selected. */
  types: ReadonlySet<string>;
  /** The fields of a root field whose type is an object with leaf fields only; else null. */
  leaves: RootLeaves | null;
}

/** What a root field selects, in the order of the response: keys and names of fields. */
export interface RootLeaves {
  responseKey: string;
  type: string;
  fields: readonly (readonly [responseKey: string, field: string])[];
}

/** Nested fragments can expand a short document without end; one that does is known by its text. */
const MAX_VISITED_SELECTIONS = 20_000;

/** Shapes of operations without a variable, except in arguments of the root field. */
const shapes = new WeakMap<OperationDefinitionNode, OperationShape>();

/**
 * The shape of a valid subscription: fragments expanded, duplicate fields merged, conditions and variables replaced by their
 * values, and without names, defaults, comments and whitespace. Aliases and the order of fields stay, as the response has
 * them. Arguments of the root field are left out: they choose the channel and the position, and nothing of the result.
 *
 * `null`: it is too large to be compared, or has an invalid argument.
 */
export function shapeOf(schema: GraphQLSchema, checked: CheckedOperation): OperationShape | null {
  const known = shapes.get(checked.operation);
  if (known !== undefined) return known;
  const reader = new ShapeReader(schema, checked);
  const text = reader.read(checked.operation.selectionSet);
  if (text === null) return null;
  const key = createHash('sha256').update(text).digest('base64url');
  const shape = { key, types: reader.types, leaves: reader.leaves };
  if (!reader.dependsOnVariables) shapes.set(checked.operation, shape);
  return shape;
}

class ShapeReader {
  readonly types = new Set<string>();
  dependsOnVariables = false;
  leaves: RootLeaves | null = null;
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #variables: Record<string, unknown>;
  #visited = 0;
  #text = '';

  constructor(schema: GraphQLSchema, { document, operation, variables }: CheckedOperation) {
    this.#schema = schema;
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
    }
    this.#variables = getVariableValues(schema, operation.variableDefinitions ?? [], variables).coerced ?? {};
  }

  read(selectionSet: SelectionSetNode): string | null {
    try {
      this.#write(this.#schema.getSubscriptionType()!, [selectionSet], true);
    } catch (error) {
      if (error instanceof GraphQLError) return null; // a null variable for an argument that must not be
      throw error;
    }
    return this.#visited > MAX_VISITED_SELECTIONS ? null : this.#text;
  }

  #write(type: GraphQLObjectType, sets: readonly SelectionSetNode[], atRoot = false): void {
    this.types.add(type.name);
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) this.#collect(type, set.selections, fields, spread);
    this.#text += '{';
    for (const [responseKey, nodes] of fields) {
      if (this.#visited > MAX_VISITED_SELECTIONS) return;
      this.#writeField(type, responseKey, nodes, atRoot);
    }
    this.#text += '}';
  }

  /** As `CollectFields` of the specification. */
  #collect(
    type: GraphQLObjectType,
    selections: readonly SelectionNode[],
    fields: Map<string, FieldNode[]>,
    spread: Set<string>,
  ): void {
    for (const node of selections) {
      if (++this.#visited > MAX_VISITED_SELECTIONS) return;
      if (!this.#isIncluded(node)) continue;
      if (node.kind === Kind.FIELD) {
        const responseKey = (node.alias ?? node.name).value;
        const others = fields.get(responseKey);
        if (others === undefined) fields.set(responseKey, [node]);
        else others.push(node);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        if (this.#applies(node.typeCondition?.name.value, type))
          this.#collect(type, node.selectionSet.selections, fields, spread);
      } else if (!spread.has(node.name.value)) {
        spread.add(node.name.value);
        const fragment = this.#fragments.get(node.name.value);
        if (fragment && this.#applies(fragment.typeCondition.name.value, type))
          this.#collect(type, fragment.selectionSet.selections, fields, spread);
      }
    }
  }

  #writeField(
    parent: GraphQLObjectType,
    responseKey: string,
    nodes: readonly FieldNode[],
    atRoot: boolean,
  ): void {
    const [node] = nodes as [FieldNode];
    const name = node.name.value;
    const field = name === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : parent.getFields()[name]!;
    this.#text += ` ${responseKey}:${name}`;
    if (!atRoot && field.args.length > 0) {
      this.dependsOnVariables ||= (node.arguments ?? []).some(({ value }) => hasVariable(value));
      this.#text += canonicalJson(getArgumentValues(field, node, this.#variables));
    }
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (sets.length === 0) return;
    const type = getNamedType(field.type);
    if (isObjectType(type)) {
      if (atRoot) this.leaves = this.#leavesOf(type, responseKey, sets);
      this.#write(type, sets);
    } else if (isAbstractType(type)) {
      for (const possible of this.#schema.getPossibleTypes(type)) {
        this.#text += ` ...${possible.name}`;
        this.#write(possible, sets);
      }
    }
  }

  #leavesOf(
    type: GraphQLObjectType,
    responseKey: string,
    sets: readonly SelectionSetNode[],
  ): RootLeaves | null {
    if (!Object.values(type.getFields()).every((field) => isLeafType(getNamedType(field.type)))) return null;
    const collected = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) this.#collect(type, set.selections, collected, spread);
    const fields = [...collected].map(([key, [node]]) => [key, node!.name.value] as const);
    return { responseKey, type: type.name, fields };
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.#schema.getType(condition);
    return isAbstractType(wanted) && this.#schema.isSubType(wanted, type);
  }

  #isIncluded(node: SelectionNode): boolean {
    if (node.directives === undefined || node.directives.length === 0) return true;
    this.dependsOnVariables ||= node.directives.some(({ arguments: given = [] }) =>
      given.some(({ value }) => hasVariable(value)),
    );
    return (
      getDirectiveValues(GraphQLSkipDirective, node, this.#variables)?.['if'] !== true &&
      getDirectiveValues(GraphQLIncludeDirective, node, this.#variables)?.['if'] !== false
    );
  }
}

function hasVariable(value: ValueNode): boolean {
  switch (value.kind) {
    case Kind.VARIABLE:
      return true;
    case Kind.LIST:
      return value.values.some(hasVariable);
    case Kind.OBJECT:
      return value.fields.some((field) => hasVariable(field.value));
    default:
      return false;
  }
}

/** Equal values give equal text, whatever the order of their keys. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return `${inner}n`;
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
