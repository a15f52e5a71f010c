import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Largest page of any list; a larger `first` is refused by the list itself. */
const MAX_PAGE_SIZE = 100;
/** Assumed length of a list without `first`: the lineup of a concert, the sections of a plan. */
const DEFAULT_LIST_LENGTH = 5;

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
  /** Likewise, of fields of a page itself, such as `totalCount`, which its items do not multiply. */
  ofPage: number;
}
const NOTHING: Measure = { cost: 0, weight: 0, ofPage: 0 };

/**
 * Upper bound of the fields in the response, and the weight of those that have one. The operation must be valid: cyclic
 * fragments would not terminate. Each fragment is measured once however often it is spread, so the time is linear in the
 * document.
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
  let dependsOnVariables = false;

  const total = ofSelections(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
  const cost = Math.min(total.cost, Number.MAX_SAFE_INTEGER);
  const weight = Math.min(
    total.weight + total.ofPage + Math.floor(cost / FIELDS_PER_WEIGHT),
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
    const own = { ...NOTHING, cost: 1, [isOfPage ? 'ofPage' : 'weight']: weightOf(field, items) };
    if (node.selectionSet === undefined) return own;
    const item = ofSelections(node.selectionSet, getNamedType(field.type));
    return plus(own, { cost: items * item.cost, weight: items * item.weight + item.ofPage, ofPage: 0 });
  }

  function times(node: FieldNode, field: GraphQLField<unknown, unknown>, parent: GraphQLNamedType): number {
    const page = field.args.find(({ name }) => name === 'first');
    if (page) return pageSize(valueOf(node, 'first') ?? page.defaultValue);
    if (!isListType(getNullableType(field.type)) || !isCompositeType(getNamedType(field.type))) return 1;
    if (isPage(parent)) return 1; // counted at the field with `first`
    const asked = field.args.find(({ type }) => isListType(getNullableType(type)));
    const list = asked && valueOf(node, asked.name);
    return Array.isArray(list) ? list.length : asked ? MAX_PAGE_SIZE : DEFAULT_LIST_LENGTH;
  }

  function valueOf(node: FieldNode, argument: string): unknown {
    const given = node.arguments?.find(({ name }) => name.value === argument)?.value;
    if (given === undefined) return undefined;
    if (given.kind !== Kind.VARIABLE) return valueFromASTUntyped(given, variables);
    dependsOnVariables = true;
    const declared = operation.variableDefinitions?.find(
      (one) => one.variable.name.value === given.name.value,
    );
    return (
      variables[given.name.value] ?? (declared?.defaultValue && valueFromASTUntyped(declared.defaultValue))
    );
  }

  function narrowed(type: GraphQLNamedType | undefined, condition: string | undefined) {
    return condition === undefined ? type : schema.getType(condition);
  }
}

const isPage = ({ name }: GraphQLNamedType): boolean => name.endsWith('Connection');

const plus = (a: Measure, b: Measure): Measure => ({
  cost: a.cost + b.cost,
  weight: a.weight + b.weight,
  ofPage: a.ofPage + b.ofPage,
});

/** Weight by `@weight` in the schema. */
function weightOf({ astNode }: GraphQLField<unknown, unknown>, items: number): number {
  const directive = astNode?.directives?.find(({ name }) => name.value === 'weight');
  if (directive === undefined) return 0;
  const argument = (wanted: string) => {
    const value = directive.arguments?.find(({ name }) => name.value === wanted)?.value;
    return value?.kind === Kind.INT ? Number(value.value) : null;
  };
  const perItems = argument('perItems');
  const asked = Math.min(items, MAX_PAGE_SIZE); // the field refuses more
  return (argument('value') ?? 0) * (perItems === null ? 1 : Math.max(1, Math.ceil(asked / perItems)));
}

function pageSize(first: unknown): number {
  return typeof first === 'number' && first >= 0 && first <= MAX_PAGE_SIZE ? first : MAX_PAGE_SIZE;
}
