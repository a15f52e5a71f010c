import type { ApolloServerPlugin } from '@apollo/server';
import { Kind, type OperationDefinitionNode } from 'graphql';

import { currentRequest } from '../../platform/http/current-request.ts';
import type { Platform } from '../../platform/index.ts';
import type { Context } from '../context.ts';

/** Time operations by their first field, pass their names to the access log, mark responses to signed-in viewers PRIVATE. */
export function observeOperations({ metrics }: Pick<Platform, 'metrics'>): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      const began = performance.now();
      return {
        async didResolveOperation({ operationName }) {
          const request = currentRequest.getStore();
          if (request) request.operationName = operationName;
        },
        async willSendResponse({ operation, errors, contextValue, overallCachePolicy }) {
          // an organiser sees drafts, which a shared cache must not serve to others
          if (contextValue.viewer !== null) overallCachePolicy.restrict({ scope: 'PRIVATE' });
          if (operation === undefined) return;
          metrics.operationSeconds.observe(
            { field: firstField(operation), outcome: errors ? 'errors' : 'ok' },
            (performance.now() - began) / 1_000,
          );
        },
      };
    },
  };
}

/** Label with bounded cardinality: the operation is valid, so there are as many values as root fields. */
function firstField({ selectionSet }: OperationDefinitionNode): string {
  const [first] = selectionSet.selections;
  return first?.kind === Kind.FIELD ? first.name.value : 'fragment';
}
