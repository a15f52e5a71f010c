import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import { CodedError, type ErrorCode } from '../../platform/errors.ts';
import { currentRequest } from '../../platform/http/current-request.ts';
import { errorEntry, publicError, reportError } from '../../platform/http/public-error.ts';
import type { Platform } from '../../platform/index.ts';
import { tooComplex, tooManyErrors } from './operation-limits.ts';

/** Codes of Apollo Server in terms of docs/errors.md. Their messages describe the request, so they are not masked. */
const CODES: Record<string, ErrorCode> = {
  BAD_REQUEST: 'INVALID_REQUEST',
  BAD_USER_INPUT: 'BAD_USER_INPUT', // variables that do not fit their types
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  OPERATION_RESOLUTION_FAILURE: 'INVALID_REQUEST',
  PERSISTED_QUERY_NOT_FOUND: 'INVALID_REQUEST',
  PERSISTED_QUERY_NOT_SUPPORTED: 'INVALID_REQUEST',
};

/** Messages quote the request, which may hold a name of 90,000 letters. */
const MAX_MESSAGE_LENGTH = 1_000;

/**
 * Format errors for clients: a code of docs/errors.md and the request's id on each; unexpected errors are masked.
 * `retryAfterSeconds` is that of an outage that names none; without, clients back off, as subscribers do.
 */
export function maskErrors(
  platform: Pick<Platform, 'log' | 'metrics'>,
  options: { tokens: number; development: boolean; retryAfterSeconds?: number },
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const requestId = currentRequest.getStore()?.id ?? 'none';
    const { code, message, extensions } = classify(formatted, error, options.tokens);
    const canRetry = code === 'SERVICE_UNAVAILABLE' && options.retryAfterSeconds !== undefined;
    reportError(platform, error, code, requestId);
    return {
      ...errorEntry(
        code,
        truncate(options.development ? message : withoutSuggestions(message)),
        canRetry ? { retryAfterSeconds: options.retryAfterSeconds, ...extensions } : extensions,
        requestId,
      ),
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
  };
}

function classify(formatted: GraphQLFormattedError, error: unknown, tokens: number) {
  const coded = findCodedError(error);
  if (coded) return describe(coded);
  const code = CODES[String(formatted.extensions?.['code'])];
  if (code === 'GRAPHQL_PARSE_FAILED' && /more tha[nt] \d+ tokens/.test(formatted.message)) {
    return describe(tooComplex('tokens', tokens, tokens + 1)); // the parser stops at the limit, so the real count is unknown
  }
  if (code === 'GRAPHQL_VALIDATION_FAILED' && formatted.message.startsWith('Too many validation errors'))
    return describe(tooManyErrors());
  if (code) return { code, message: formatted.message, extensions: {} };
  if (isBadArgument(error) || isAboutTheRequest(error))
    return { code: 'BAD_USER_INPUT' as const, message: formatted.message, extensions: {} };
  return describe(publicError(error));
}

function describe(error: CodedError) {
  return {
    code: error.extensions['code'] as ErrorCode,
    message: error.message,
    extensions: error.extensions,
  };
}

/** Apollo wraps what validation rules report and what resolvers throw. */
function findCodedError(error: unknown): CodedError | null {
  for (let at = error; at instanceof Error; at = at instanceof GraphQLError ? at.originalError : undefined) {
    if (at instanceof CodedError) return at;
  }
  return null;
}

/** A null variable can pass validation into a non-null argument; graphql-js then fails during execution. */
function isBadArgument(error: unknown): boolean {
  const thrown = unwrapResolverError(error);
  return (
    thrown instanceof GraphQLError && thrown.originalError === undefined && /^Argument "/.test(thrown.message)
  );
}

/**
 * Whether a library refuses the request: no field was running, and nothing but GraphQLErrors caused it. graphql-js gives
 * such errors no code, among them the one that ends a list of too many bad variables.
 */
function isAboutTheRequest(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.path !== undefined) return false;
  let at: Error | undefined = error;
  while (at instanceof GraphQLError) at = at.originalError;
  return at === undefined;
}

function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean [^?]+\?/g, '');
}

function truncate(message: string): string {
  return message.length <= MAX_MESSAGE_LENGTH ? message : `${message.slice(0, MAX_MESSAGE_LENGTH)}…`;
}
