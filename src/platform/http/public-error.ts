import { GraphQLError } from 'graphql';

import { isDatabaseUnavailable } from '../db/sql-state.ts';
import { ClientGone, CodedError, ERROR_CODES, type ErrorCode } from '../errors.ts';
import type { Platform } from '../index.ts';

/** HTTP status of a request rejected as a whole. A request that was executed is a 200, also with errors. */
export const HTTP_STATUS: Record<ErrorCode, number> = {
  ADMISSION_REQUIRED: 403,
  BAD_USER_INPUT: 400,
  BODY_TOO_LARGE: 413,
  FORBIDDEN: 403,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  INTERNAL_SERVER_ERROR: 500,
  INVALID_REQUEST: 400,
  NOT_FOUND: 404,
  OPERATION_TOO_COMPLEX: 400,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
  TOO_MANY_DOCUMENTS: 429,
  TOO_MANY_SUBSCRIPTIONS: 429,
  UNAUTHENTICATED: 401,
};

/** Of a path, which has aliases chosen by the client, and of a reason. */
const MAX_LOGGED_CHARACTERS = 1_000;

/** The public form of an error: the CodedError in it, else one that reveals no details. */
export function publicError(error: unknown): CodedError {
  const root = rootOf(error);
  if (root instanceof CodedError) return root;
  if (isDatabaseUnavailable(root)) {
    return new CodedError('SERVICE_UNAVAILABLE', 'The database cannot be reached right now.', {
      retryAfterSeconds: 1,
    });
  }
  return new CodedError('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.');
}

/** Count an error by its code; log in full, under the request id, what the client does not see. */
export function reportError(
  { log, metrics }: Pick<Platform, 'log' | 'metrics'>,
  error: unknown,
  code: ErrorCode,
  requestId: string,
): void {
  const err = rootOf(error);
  if (err instanceof ClientGone) return log.debug({ requestId }, 'client gone'); // no outage of ours
  metrics.errors.inc({ code });
  if (code === 'INTERNAL_SERVER_ERROR')
    log.error({ requestId, err, path: pathOf(error) }, 'unexpected error');
  if (code === 'SERVICE_UNAVAILABLE') {
    log.warn({ requestId, reason: innermostMessage(err) }, 'dependency unavailable');
  }
}

/** An entry of `errors` without locations and path. */
export function errorEntry(
  code: ErrorCode,
  message: string,
  extensions: Record<string, unknown>,
  requestId: string,
) {
  const { http: _http, ...shown } = extensions;
  return { message, extensions: { advice: ERROR_CODES[code], ...shown, code, requestId } };
}

/** The error that a resolver threw, unwrapped from GraphQLError. */
function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof GraphQLError && !(root instanceof CodedError) && root.originalError)
    root = root.originalError;
  return root;
}

/** Drizzle's own message is the text of the statement; the driver's, which says what failed, is its cause. */
function innermostMessage(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause;
  return (innermost instanceof Error ? innermost.message : String(innermost)).slice(0, MAX_LOGGED_CHARACTERS);
}

function pathOf(error: unknown): string | undefined {
  return error instanceof GraphQLError ? error.path?.join('.').slice(0, MAX_LOGGED_CHARACTERS) : undefined;
}
