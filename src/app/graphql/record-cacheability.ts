import type { ApolloServerPlugin } from '@apollo/server';

import type { Context } from '../context.ts';

/**
 * Record in the context whether the response may be shared between viewers, and for how long, by `@cacheControl` alone. Has
 * to run before `observeOperations` marks responses to signed-in viewers PRIVATE.
 */
export function recordCacheability(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async willSendResponse({ contextValue, overallCachePolicy, response }) {
        if (response.body.kind !== 'single') return;
        const { data, errors } = response.body.singleResult;
        contextValue.cacheability.isUnavailable =
          errors?.some(({ extensions }) => extensions?.['code'] === 'SERVICE_UNAVAILABLE') ?? false;
        const policy = overallCachePolicy.policyIfCacheable();
        if (!policy || policy.scope !== 'PUBLIC' || errors) return;
        // a missing node has no tag that could evict it once it exists
        const isFound = Object.values(data ?? {}).every((value) => value !== null);
        if (isFound) contextValue.cacheability.publicMaxAgeSeconds = policy.maxAge;
      },
    }),
  };
}
