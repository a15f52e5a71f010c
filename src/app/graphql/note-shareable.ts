import type { ApolloServerPlugin } from '@apollo/server';

import type { Context } from '../context.ts';

/**
 * Note whether there is an answer, whether everybody may have it, and for how long. Before the answers to viewers are marked as
 * theirs alone: what decides is what the fields say by `@cacheControl`.
 */
export function noteShareable(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async willSendResponse({ contextValue, overallCachePolicy, response }) {
        if (response.body.kind !== 'single') return;
        const { data, errors } = response.body.singleResult;
        contextValue.answer.isUnavailable =
          errors?.some(({ extensions }) => extensions?.['code'] === 'SERVICE_UNAVAILABLE') ?? false;
        const policy = overallCachePolicy.policyIfCacheable();
        if (!policy || policy.scope !== 'PUBLIC' || errors) return;
        // what is not there yet depends on nothing that could tell when it is
        const isFound = Object.values(data ?? {}).every((value) => value !== null);
        if (isFound) contextValue.answer.shareableForSeconds = policy.maxAge;
      },
    }),
  };
}
