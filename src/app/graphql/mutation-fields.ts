import {
  getDirectiveValues,
  getVariableValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * Number of mutation fields that graphql-js would run: one per response key, without fields that `@skip` or `@include`
 * leaves out. 0 if the variables are invalid, as nothing is executed then. The operation has to be valid.
 */
export function countMutationFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const upperBound = keysWhere(() => true);
  if (upperBound <= 1) return upperBound; // most operations: their variables are coerced once, by graphql-js
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
    maxErrors: 1,
  });
  if (coerced === undefined) return 0;
  try {
    return keysWhere((node) => isIncluded(node, coerced));
  } catch {
    return 0; // a condition is null: graphql-js fails at the same node, before it runs a field
  }

  function keysWhere(included: (node: SelectionNode) => boolean): number {
    const keys = new Set<string>();
    const spread = new Set<string>();
    visit(operation.selectionSet);
    return keys.size;

    function visit({ selections }: SelectionSetNode): void {
      for (const node of selections) {
        if (!included(node)) continue;
        if (node.kind === Kind.FIELD) {
          if (!node.name.value.startsWith('__')) keys.add((node.alias ?? node.name).value);
        } else if (node.kind === Kind.INLINE_FRAGMENT) {
          visit(node.selectionSet);
        } else if (!spread.has(node.name.value)) {
          spread.add(node.name.value);
          visit(fragments.get(node.name.value)!.selectionSet);
        }
      }
    }
  }
}

/** By the rules of graphql-js, which exports no function for it. */
function isIncluded(node: SelectionNode, variables: Record<string, unknown>): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}
