import type { ApolloServerPlugin } from '@apollo/server';
import { validate } from 'graphql';

import { CodedError } from '../../platform/errors.ts';
import { unconditionalRootField } from '../../realtime/index.ts';
import type { Context } from '../context.ts';
import { BAD_REQUEST_STATUS } from './operation-limits.ts';

/**
 * Refuse subscriptions with `@skip` or `@include` on the root field, before the rules of graphql-js: one of them throws when
 * the condition is a variable, and Apollo would answer 500.
 */
export function rejectConditionalRoot(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async validationDidStart({ schema, document }) {
        const [error] = validate(schema, document, [unconditionalRootField]);
        if (error) throw new CodedError('GRAPHQL_VALIDATION_FAILED', error.message, BAD_REQUEST_STATUS);
      },
    }),
    // Apollo would mask the error thrown above, unless it is thrown again here
    async unexpectedErrorProcessingRequest({ error }) {
      if (error instanceof CodedError) throw error;
    },
  };
}
