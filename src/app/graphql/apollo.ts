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

import type { Limits } from '../../platform/config/limits.ts';
import type { Platform } from '../../platform/index.ts';
import type { Context } from '../context.ts';
import { DocumentCache } from './document-cache.ts';
import { maskErrors } from './mask-errors.ts';
import { observeOperations } from './observe-operations.ts';
import { limitCost, limitMutationFields, limitRules, MAX_REPORTED_ERRORS } from './operation-limits.ts';
import { recordCacheability } from './record-cacheability.ts';
import { refuseLargeResponses } from './response-size.ts';
import { rejectConditionalRoot } from './subscription-root.ts';

export interface ApolloParts {
  schema: GraphQLSchema;
  platform: Pick<Platform, 'log' | 'metrics'>;
  limits: Limits;
  /** Enables introspection, suggestions and Apollo Sandbox. */
  development: boolean;
}

/** Of parsed documents: some 600 of 100 tokens. */
const MAX_DOCUMENT_BYTES = 32 * 2 ** 20;

/** Of a dependency that is away. */
const RETRY_AFTER_SECONDS = 1;

/** Create the Apollo Server; the caller starts and stops it. */
export function openApollo({ schema, platform, limits, development }: ApolloParts): ApolloServer<Context> {
  const formatError = maskErrors(platform, {
    tokens: limits.tokens,
    development,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
  return new ApolloServer<Context>({
    schema,
    logger: platform.log,
    nodeEnv: development ? 'development' : 'production',
    stopOnTerminationSignals: false, // shutdown order is the process's own
    introspection: development,
    hideSchemaDetailsFromClientErrors: !development,
    includeStacktraceInErrorResponses: false,
    formatError,
    allowBatchedHttpRequests: false, // rate limits count one operation per request
    persistedQueries: false, // any client could fill the store
    documentStore: new DocumentCache(MAX_DOCUMENT_BYTES),
    parseOptions: { maxTokens: limits.tokens },
    validationRules: limitRules(limits),
    validationOptions: { maxErrors: MAX_REPORTED_ERRORS },
    executionOptions: { maxCoercionErrors: MAX_REPORTED_ERRORS },
    plugins: [
      rejectConditionalRoot(),
      limitCost(limits),
      limitMutationFields(limits.mutationFields),
      refuseLargeResponses(formatError),
      recordCacheability(), // before observeOperations restricts the policy to the viewer
      observeOperations(platform), // before the plugin that writes the cache-control header
      ApolloServerPluginCacheControl({ defaultMaxAge: 0 }),
      development
        ? ApolloServerPluginLandingPageLocalDefault({ embed: { runTelemetry: false } })
        : ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(), // no reporting, whatever APOLLO_* says
    ],
  });
}
