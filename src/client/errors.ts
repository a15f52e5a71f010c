/** A GraphQL error in a response. */
export interface ServerError {
  message: string;
  extensions?: { code?: string; [key: string]: unknown };
}

/** A permanent refusal: a retry would fail again, as with an invalid id, token or origin. */
export class FollowRefused extends Error {
  /** Code of the GraphQL error, such as `BAD_USER_INPUT`; without one, the close code or HTTP status. */
  readonly code: string;
  /** The GraphQL errors of the server. */
  readonly errors: readonly ServerError[];

  constructor(code: string, message: string, errors: readonly ServerError[] = []) {
    super(message);
    this.name = 'FollowRefused';
    this.code = code;
    this.errors = errors;
  }
}

/** A transient failure of a connection. `followSeatMap` reconnects, and passes it to `onLost` only. */
export class ConnectionLost extends Error {
  /** The server's hint when to reconnect, if it sent one. */
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConnectionLost';
    this.retryAfterMs = retryAfterMs;
  }
}

/** Codes of transient errors: a retry may succeed. */
const RETRYABLE_CODES = new Set([
  'INTERNAL_SERVER_ERROR',
  'RATE_LIMITED',
  'SERVICE_UNAVAILABLE',
  'TOO_MANY_DOCUMENTS',
  'TOO_MANY_SUBSCRIPTIONS',
]);

/** Classify GraphQL errors as permanent or transient. */
export function toClientError(errors: readonly ServerError[]): FollowRefused | ConnectionLost {
  const [error] = errors;
  const code = error?.extensions?.code ?? 'UNKNOWN';
  const message = error?.message ?? 'the server gave no reason';
  if (!RETRYABLE_CODES.has(code)) return new FollowRefused(code, message, errors);
  const seconds = error?.extensions?.['retryAfterSeconds'];
  return new ConnectionLost(message, typeof seconds === 'number' ? seconds * 1_000 : null);
}
