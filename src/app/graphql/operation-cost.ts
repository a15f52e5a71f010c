import {
  getNamedType,
  getNullableType,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromAST,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** Largest page of any list; a larger `first` is refused by the list itself. */
const MAX_PAGE_SIZE = 100;

/** Response fields that weigh 1: an Event page has about 100, and its first hundred Events ten times as many. */
const FIELDS_PER_WEIGHT = 500;

export interface OperationCost {
  /** Upper bound of the number of fields in the response, lists counted with their page sizes. */
  cost: number;
  /** What the operation counts for in rate limits: at least 1. */
  weight: number;
  /** Whether other variables could give another cost. */
  dependsOnVariables: boolean;
}

/** Of a part of the operation. */
interface Measure {
  cost: number;
  /** Sum of `@weight`. */
  weight: number;
  /** Likewise, of single fields of a page itself, such as `totalCount` and `facets`, which its items do not multiply. */
  ofPage: { cost: number; weight: number };
}
const NOTHING: Measure = { cost: 0, weight: 0, ofPage: { cost: 0, weight: 0 } };

/**
 * Upper bound of the fields in the response, and the weight of those that have one. The operation must be valid: cyclic
 * fragments would not terminate. Each fragment is measured once however often it is spread, so the time is linear in the
 * document. Invalid variables cost nothing: graphql-js refuses them before it executes anything.
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): OperationCost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const measured = new Map<string, Measure>();
  const coerced: Record<string, unknown> = {};
  const looked = new Set<string>();
  let dependsOnVariables = false;
  let areVariablesValid = true;

  const total = ofSelections(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
  if (!areVariablesValid) return { cost: 0, weight: 1, dependsOnVariables };
  const cost = Math.min(total.cost + total.ofPage.cost, Number.MAX_SAFE_INTEGER);
  const weight = Math.min(
    total.weight + total.ofPage.weight + Math.floor(cost / FIELDS_PER_WEIGHT),
    Number.MAX_SAFE_INTEGER,
  );
  return { cost, weight: Math.max(1, weight), dependsOnVariables };

  function ofSelections(set: SelectionSetNode, type: GraphQLNamedType | undefined): Measure {
    return set.selections.reduce((sum, node) => plus(sum, ofSelection(node, type)), NOTHING);
  }

  function ofSelection(node: SelectionNode, type: GraphQLNamedType | undefined): Measure {
    switch (node.kind) {
      case Kind.FIELD:
        return ofField(node, type);
      case Kind.INLINE_FRAGMENT:
        return ofSelections(node.selectionSet, narrowed(type, node.typeCondition?.name.value));
      case Kind.FRAGMENT_SPREAD:
        return ofFragment(node.name.value);
    }
  }

  function ofFragment(name: string): Measure {
    const known = measured.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    const measure = fragment
      ? ofSelections(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value))
      : NOTHING;
    measured.set(name, measure);
    return measure;
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined): Measure {
    if (node.name.value.startsWith('__')) return NOTHING; // introspection: answered from memory, its depth limited by a rule of graphql-js
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (field === undefined) return { ...NOTHING, cost: 1 };
    const isOfPage = isPage(parent!) && !isListType(getNullableType(field.type));
    const items = node.selectionSet === undefined ? 1 : times(node, field, parent!);
    const item =
      node.selectionSet === undefined ? NOTHING : ofSelections(node.selectionSet, getNamedType(field.type));
    const own = {
      cost: 1 + items * item.cost + item.ofPage.cost,
      weight: weightOf(field, items) + items * item.weight + item.ofPage.weight,
    };
    return isOfPage ? { ...NOTHING, ofPage: own } : { ...own, ofPage: NOTHING.ofPage };
  }

  function times(node: FieldNode, field: GraphQLField<unknown, unknown>, parent: GraphQLNamedType): number {
    const page = field.args.find(({ name }) => name === 'first');
    if (page) return pageSize(valueOf(node, page) ?? page.defaultValue); // null is the default size for resolvers
    if (!isListType(getNullableType(field.type)) || !isCompositeType(getNamedType(field.type))) return 1;
    if (isPage(parent)) return 1; // counted at the field with `first`
    const asked = field.args.find(({ type }) => isListType(getNullableType(type)));
    if (asked === undefined) return assumedSize(field);
    const list = valueOf(node, asked);
    return Array.isArray(list) ? list.length : MAX_PAGE_SIZE;
  }

  /** As the resolver gets it: an explicit null stays null, whatever the defaults of variable and argument. */
  function valueOf(node: FieldNode, argument: GraphQLArgument): unknown {
    const given = node.arguments?.find(({ name }) => name.value === argument.name)?.value;
    if (given === undefined) return argument.defaultValue;
    coerceVariablesIn(given);
    if (given.kind !== Kind.VARIABLE) return valueFromAST(given, argument.type, coerced);
    const name = given.name.value;
    return Object.hasOwn(coerced, name) ? coerced[name] : argument.defaultValue;
  }

  /** Only variables that change the size of a list: the others are coerced once, by graphql-js. */
  function coerceVariablesIn(value: ValueNode): void {
    if (value.kind === Kind.LIST) value.values.forEach(coerceVariablesIn);
    if (value.kind !== Kind.VARIABLE) return;
    dependsOnVariables = true;
    const name = value.name.value;
    if (looked.has(name)) return;
    looked.add(name);
    const declared = operation.variableDefinitions?.filter((one) => one.variable.name.value === name) ?? [];
    const values = getVariableValues(schema, declared, variables, { maxErrors: 1 });
    if (values.coerced === undefined) areVariablesValid = false;
    else Object.assign(coerced, values.coerced);
  }

  function narrowed(type: GraphQLNamedType | undefined, condition: string | undefined) {
    return condition === undefined ? type : schema.getType(condition);
  }
}

const isPage = ({ name }: GraphQLNamedType): boolean => name.endsWith('Connection');

const plus = (a: Measure, b: Measure): Measure => ({
  cost: a.cost + b.cost,
  weight: a.weight + b.weight,
  ofPage: { cost: a.ofPage.cost + b.ofPage.cost, weight: a.ofPage.weight + b.ofPage.weight },
});

/** Length by `@listSize` in the schema, whose tests require it of each list of objects without a size of its own. */
function assumedSize(field: GraphQLField<unknown, unknown>): number {
  return directiveArgument(field, 'listSize', 'assumed') ?? MAX_PAGE_SIZE;
}

/** Weight by `@weight` in the schema. */
function weightOf(field: GraphQLField<unknown, unknown>, items: number): number {
  const value = directiveArgument(field, 'weight', 'value') ?? 0;
  const perItems = directiveArgument(field, 'weight', 'perItems');
  const asked = Math.min(items, MAX_PAGE_SIZE); // the field refuses more
  return value * (perItems === null ? 1 : Math.max(1, Math.ceil(asked / perItems)));
}

function directiveArgument(
  { astNode }: GraphQLField<unknown, unknown>,
  directive: string,
  argument: string,
): number | null {
  const value = astNode?.directives
    ?.find(({ name }) => name.value === directive)
    ?.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.INT ? Number(value.value) : null;
}

/** A size out of range is refused by the list itself. */
function pageSize(first: unknown): number {
  return typeof first === 'number' && first >= 1 && first <= MAX_PAGE_SIZE ? first : MAX_PAGE_SIZE;
}
