import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import { CodedError, type ErrorCode } from '../../platform/errors.ts';
import { currentRequest } from '../../platform/http/current-request.ts';
import { errorEntry, publicError, reportError } from '../../platform/http/public-error.ts';
import type { Platform } from '../../platform/index.ts';
import { tooComplex } from './operation-limits.ts';

/** The engine's own codes, in the words of our catalogue. Its messages are about the request, so clients may read them. */
const CODES: Record<string, ErrorCode> = {
  BAD_REQUEST: 'INVALID_REQUEST',
  BAD_USER_INPUT: 'BAD_USER_INPUT', // variables that do not fit their types
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  OPERATION_RESOLUTION_FAILURE: 'INVALID_REQUEST',
  PERSISTED_QUERY_NOT_FOUND: 'INVALID_REQUEST',
  PERSISTED_QUERY_NOT_SUPPORTED: 'INVALID_REQUEST',
};

/** Messages quote the request, which may be a name of ninety thousand letters. */
const LONGEST_MESSAGE = 1_000;

/** Format errors for clients: a code of the catalogue and the request's id on each, and nothing about our insides. */
export function maskErrors(
  platform: Pick<Platform, 'log' | 'metrics'>,
  options: { tokens: number; development: boolean },
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const requestId = currentRequest.getStore()?.id ?? 'none';
    const { code, message, extensions } = understand(formatted, error, options.tokens);
    reportError(platform, error, code, requestId);
    return {
      ...errorEntry(
        code,
        shorten(options.development ? message : withoutSuggestions(message)),
        extensions,
        requestId,
      ),
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
  };
}

function understand(formatted: GraphQLFormattedError, error: unknown, tokens: number) {
  const coded = codedIn(error);
  if (coded) return describe(coded);
  const code = CODES[String(formatted.extensions?.['code'])];
  if (code === 'GRAPHQL_PARSE_FAILED' && /more tha[nt] \d+ tokens/.test(formatted.message)) {
    return describe(tooComplex('tokens', tokens, tokens + 1)); // the parser stops there, and so do we
  }
  if (code) return { code, message: formatted.message, extensions: {} };
  if (isBadArgument(error))
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

/** The engine wraps what guards report while validating, and what resolvers throw. */
function codedIn(error: unknown): CodedError | null {
  for (let at = error; at instanceof Error; at = at instanceof GraphQLError ? at.originalError : undefined) {
    if (at instanceof CodedError) return at;
  }
  return null;
}

/** A null in a variable can slip past validation into an argument that takes none; graphql-js finds out while executing. */
function isBadArgument(error: unknown): boolean {
  const thrown = unwrapResolverError(error);
  return (
    thrown instanceof GraphQLError && thrown.originalError === undefined && /^Argument "/.test(thrown.message)
  );
}

function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean [^?]+\?/g, '');
}

function shorten(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;
}
