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
  type SelectionSetNode,
} from 'graphql';

/** Largest page of any list; a larger `first` is refused by the list itself. */
const MAX_PAGE_SIZE = 100;
/** Assumed length of a list without `first`: the lineup of a concert, the sections of a plan. */
const DEFAULT_LIST_LENGTH = 5;

export interface OperationCost {
  /** Upper bound of the number of fields in the response, lists counted with their page sizes. */
  cost: number;
  /** Whether other variables could give another cost. */
  dependsOnVariables: boolean;
}

/**
 * Upper bound of the fields in the response. The operation must be valid: cyclic fragments would not terminate. Each
 * fragment is counted once however often it is spread, so the time is linear in the document.
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
  const costOfFragment = new Map<string, number>();
  let dependsOnVariables = false;

  const cost = ofSelections(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
  return { cost: Math.min(cost, Number.MAX_SAFE_INTEGER), dependsOnVariables };

  function ofSelections(set: SelectionSetNode, type: GraphQLNamedType | undefined): number {
    return set.selections.reduce((sum, node) => {
      switch (node.kind) {
        case Kind.FIELD:
          return sum + ofField(node, type);
        case Kind.INLINE_FRAGMENT:
          return sum + ofSelections(node.selectionSet, narrowed(type, node.typeCondition?.name.value));
        case Kind.FRAGMENT_SPREAD:
          return sum + ofFragment(node.name.value);
      }
    }, 0);
  }

  function ofFragment(name: string): number {
    const known = costOfFragment.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    const cost = fragment
      ? ofSelections(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value))
      : 0;
    costOfFragment.set(name, cost);
    return cost;
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined): number {
    if (node.name.value.startsWith('__')) return 0; // introspection: answered from memory, its depth limited by a rule of graphql-js
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (field === undefined || node.selectionSet === undefined) return 1;
    return 1 + times(node, field, parent!) * ofSelections(node.selectionSet, getNamedType(field.type));
  }

  function times(node: FieldNode, field: GraphQLField<unknown, unknown>, parent: GraphQLNamedType): number {
    const page = field.args.find(({ name }) => name === 'first');
    if (page) return pageSize(valueOf(node, 'first') ?? page.defaultValue);
    if (!isListType(getNullableType(field.type)) || !isCompositeType(getNamedType(field.type))) return 1;
    if (parent.name.endsWith('Connection')) return 1; // counted at the field with `first`
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

function pageSize(first: unknown): number {
  return typeof first === 'number' && first >= 0 && first <= MAX_PAGE_SIZE ? first : MAX_PAGE_SIZE;
}
