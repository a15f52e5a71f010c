/** An error as GraphQL servers tell it. */
export interface ServerError {
  message: string;
  extensions?: { code?: string; [key: string]: unknown };
}

/** The server will not do what was asked, and would not if it were asked again: a bad id, a bad token, a foreign origin. */
export class FollowRefused extends Error {
  /** `BAD_USER_INPUT`, `UNAUTHENTICATED` and the like; or the close code or HTTP status where there was no more to it. */
  readonly code: string;
  /** What the server said, word by word. */
  readonly errors: readonly ServerError[];

  constructor(code: string, message: string, errors: readonly ServerError[] = []) {
    super(message);
    this.name = 'FollowRefused';
    this.code = code;
    this.errors = errors;
  }
}

/** The connection is gone, or was never made; another may succeed. Whoever follows never sees it: it is tried again. */
export class ConnectionLost extends Error {
  /** When the server wants to be asked again, if it said so. */
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConnectionLost';
    this.retryAfterMs = retryAfterMs;
  }
}

/** Codes that another try, a little later, can make good. */
const RETRYABLE_CODES = new Set([
  'INTERNAL_SERVER_ERROR',
  'RATE_LIMITED',
  'SERVICE_UNAVAILABLE',
  'TOO_MANY_SUBSCRIPTIONS',
]);

/** Turn what the server said into the one or the other. */
export function toClientError(errors: readonly ServerError[]): FollowRefused | ConnectionLost {
  const [error] = errors;
  const code = error?.extensions?.code ?? 'UNKNOWN';
  const message = error?.message ?? 'the server gave no reason';
  if (!RETRYABLE_CODES.has(code)) return new FollowRefused(code, message, errors);
  const seconds = error?.extensions?.['retryAfterSeconds'];
  return new ConnectionLost(message, typeof seconds === 'number' ? seconds * 1_000 : null);
}
