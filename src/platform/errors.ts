import { GraphQLError } from 'graphql';

/**
 * All values of `errors[].extensions.code`, each with advice for the client.
 * A refusal (a seat is gone, a card was declined) is never here: it is a member of the mutation's union.
 * `docs/errors.md` has a heading for each, and a test compares the two.
 */
export const ERROR_CODES = {
  ADMISSION_REQUIRED:
    'Join the waiting room of the Event, and send its pass in the header `onsale-admission` or as the argument `pass`; `Event.tierAvailability` needs none.',
  BAD_USER_INPUT: 'Correct the arguments and variables that the errors name.',
  BODY_TOO_LARGE: 'Send a smaller request.',
  FORBIDDEN: 'Use a token of a role that the field asks for.',
  GRAPHQL_PARSE_FAILED: 'Correct the syntax of the query.',
  GRAPHQL_VALIDATION_FAILED: 'Correct the query against the schema.',
  INTERNAL_SERVER_ERROR: 'Try again later; report the requestId if the error persists.',
  INVALID_REQUEST: 'Correct the request as the message says.',
  NOT_FOUND: 'Use `/graphql`, by GET or POST.',
  OPERATION_TOO_COMPLEX:
    'Split the operation, with one mutation in each request, or ask for fewer levels, aliases, directives or smaller pages.',
  RATE_LIMITED: 'Wait for `retryAfterSeconds`, then try again.',
  SERVICE_UNAVAILABLE:
    'A dependency is unavailable: try again in a moment, a mutation with the same idempotencyKey.',
  TOO_MANY_DOCUMENTS:
    'Send one document for all subscriptions, with variables; those in README and docs/realtime-protocol.md are never refused.',
  TOO_MANY_SUBSCRIPTIONS: 'End one of the subscriptions of this socket, or open another socket.',
  UNAUTHENTICATED: 'Send `authorization: Bearer <token>` with a valid, unexpired token.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A public error: a stable code, a message, and the fields that the code's advice refers to. */
export class CodedError extends GraphQLError {
  constructor(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}) {
    super(message, { extensions: { code, advice: ERROR_CODES[code], ...extensions } });
    this.name = 'CodedError';
  }
}

/** The client closed the connection: work on its request ends, and what is thrown reaches no client. */
export class ClientGone extends CodedError {
  constructor() {
    super('SERVICE_UNAVAILABLE', 'The client closed the connection before it was answered.');
    this.name = 'ClientGone';
  }
}

/** A loop of retries has reached its bound: other requests changed the same rows each time. Nothing was changed. */
export const retriesExhausted = (): CodedError =>
  new CodedError('SERVICE_UNAVAILABLE', 'Too many requests are changing the same rows right now.', {
    retryAfterSeconds: 1,
  });

/** Exhaustiveness check; reached only if the database contains a value that this version never writes. */
export class Unreachable extends Error {
  constructor(value: never) {
    super(`unreachable: ${JSON.stringify(value)}`);
    this.name = 'Unreachable';
  }
}

/** The BAD_USER_INPUT error for an argument that its field refuses; the message begins with its name. */
export function badInput(argument: string, problem: string): CodedError {
  return new CodedError('BAD_USER_INPUT', `${argument}: ${problem}`, { argument });
}
