import type { ApolloServerPlugin } from '@apollo/server';
import { Kind, type OperationDefinitionNode } from 'graphql';

import { currentRequest } from '../../platform/http/current-request.ts';
import type { Platform } from '../../platform/index.ts';
import type { Context } from '../context.ts';

/** Time operations by their first field, tell the access log their names, and keep answers to a viewer out of shared caches. */
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
          // what an organiser sees of a draft, a cache must not show to the next one who asks
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

/** A label with as many values as the schema has root fields: the operation is valid by now. */
function firstField({ selectionSet }: OperationDefinitionNode): string {
  const [first] = selectionSet.selections;
  return first?.kind === Kind.FIELD ? first.name.value : 'fragment';
}
