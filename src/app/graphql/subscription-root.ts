import type { ApolloServerPlugin } from '@apollo/server';
import { validate } from 'graphql';

import { CodedError } from '../../platform/errors.ts';
import { unconditionalRootField } from '../../realtime/index.ts';
import type { Context } from '../context.ts';
import { REFUSED } from './operation-limits.ts';

/**
 * Refuse subscriptions whose root field may be left out, before the engine's own rules see them: where that hangs on a
 * variable, one of them throws, and the engine takes it for a failure of its own.
 */
export function guardSubscriptionRoot(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async validationDidStart({ schema, document }) {
        const [mistake] = validate(schema, document, [unconditionalRootField]);
        if (mistake) throw new CodedError('GRAPHQL_VALIDATION_FAILED', mistake.message, REFUSED);
      },
    }),
    // as it does with what is thrown here, unless it is thrown once more
    async unexpectedErrorProcessingRequest({ error }) {
      if (error instanceof CodedError) throw error;
    },
  };
}
