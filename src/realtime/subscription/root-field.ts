import {
  GraphQLError,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  OperationTypeNode,
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValidationContext,
} from 'graphql';

const CONDITIONAL_DIRECTIVES: readonly string[] = [GraphQLSkipDirective.name, GraphQLIncludeDirective.name];

/** Find the one root field of a valid subscription, inside of any fragments. */
export function rootFieldOf(document: DocumentNode, { selectionSet }: OperationDefinitionNode): FieldNode {
  for (const selection of rootSelections(document, selectionSet.selections)) {
    if (selection.kind === Kind.FIELD) return selection;
  }
  throw new Error('subscription without a root field');
}

/** Validation rule: no `@skip` or `@include` on the root field, as graphql-js fails without a field to subscribe to. */
export function unconditionalRootField(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition({ operation, selectionSet }) {
      if (operation !== OperationTypeNode.SUBSCRIPTION) return;
      for (const { directives = [] } of rootSelections(context.getDocument(), selectionSet.selections)) {
        const nodes = directives.filter(({ name }) => CONDITIONAL_DIRECTIVES.includes(name.value));
        if (nodes.length === 0) continue;
        context.reportError(
          new GraphQLError('`@skip` and `@include` are not allowed on the root field of a subscription.', {
            nodes,
          }),
        );
      }
    },
  };
}

/** Selections on the root type; expands each fragment once. */
function* rootSelections(
  document: DocumentNode,
  selections: readonly SelectionNode[],
  seen = new Set<string>(),
): Generator<SelectionNode> {
  for (const selection of selections) {
    yield selection;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      yield* rootSelections(document, selection.selectionSet.selections, seen);
    } else if (selection.kind === Kind.FRAGMENT_SPREAD && !seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      for (const definition of document.definitions) {
        if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value)
          yield* rootSelections(document, definition.selectionSet.selections, seen);
      }
    }
  }
}
