import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControl } from '@apollo/server/plugin/cacheControl';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { GraphQLSchema } from 'graphql';

import type { Limits } from '../../platform/config.ts';
import type { Platform } from '../../platform/index.ts';
import type { Context } from '../context.ts';
import { maskErrors } from './mask-errors.ts';
import { noteShareable } from './note-shareable.ts';
import { observeOperations } from './observe-operations.ts';
import { guardCost, guardRules, MOST_MISTAKES_TOLD } from './operation-limits.ts';
import { guardSubscriptionRoot } from './subscription-root.ts';

/** What the GraphQL engine is made of. */
export interface ApolloParts {
  schema: GraphQLSchema;
  platform: Pick<Platform, 'log' | 'metrics'>;
  limits: Limits;
  /** Shows introspection, suggestions and Apollo Sandbox. */
  development: boolean;
}

/** Open the GraphQL engine over the schema; the caller starts and stops it. */
export function openApollo({ schema, platform, limits, development }: ApolloParts): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    logger: platform.log,
    nodeEnv: development ? 'development' : 'production',
    stopOnTerminationSignals: false, // the program stops itself, and in its own order
    introspection: development,
    hideSchemaDetailsFromClientErrors: !development,
    includeStacktraceInErrorResponses: false,
    formatError: maskErrors(platform, { tokens: limits.tokens, development }),
    allowBatchedHttpRequests: false, // the limits count requests and operations alike
    persistedQueries: false, // strangers would fill the store
    parseOptions: { maxTokens: limits.tokens },
    validationRules: guardRules(limits),
    validationOptions: { maxErrors: MOST_MISTAKES_TOLD },
    executionOptions: { maxCoercionErrors: MOST_MISTAKES_TOLD },
    plugins: [
      guardSubscriptionRoot(),
      guardCost(limits.cost),
      noteShareable(), // before the plugin that takes note of the viewer
      observeOperations(platform), // before the plugin that writes down what it decides about caches
      ApolloServerPluginCacheControl({ defaultMaxAge: 0 }),
      development
        ? ApolloServerPluginLandingPageLocalDefault({ embed: { runTelemetry: false } })
        : ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(), // nobody is told who asks what, whatever the environment says
    ],
  });
}
