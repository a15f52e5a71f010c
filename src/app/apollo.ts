import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControl } from '@apollo/server/plugin/cacheControl';
import type { GraphQLSchema } from 'graphql';

import type { Context } from './context.ts';

/** Open the GraphQL engine over the schema; the caller starts and stops it. */
export function openApollo(options: { schema: GraphQLSchema; development: boolean }): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema: options.schema,
    introspection: options.development,
    includeStacktraceInErrorResponses: false,
    plugins: [ApolloServerPluginCacheControl({ defaultMaxAge: 0 })],
  });
}
