/** The SQLSTATE of an error, from its innermost cause (Drizzle wraps driver errors). `null`: not an error of Postgres. */
export function sqlStateOf(error: unknown): string | null {
  let state: string | null = null;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && /^[0-9A-Z]{5}$/.test(cause.code))
      state = cause.code;
  }
  return state;
}

/** The name of the constraint that was violated, or `null`. */
export function violatedConstraint(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('constraint' in cause && typeof cause.constraint === 'string') return cause.constraint;
  }
  return null;
}

/** Codes of connections that cannot be opened, or broke. */
const CONNECTION_CODES = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** The same from node-postgres, which gives these errors no code. */
const CONNECTION_MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|There was an error establishing an SSL connection|The server does not support SSL connections)/;

/** Whether an error means that Postgres is unavailable or overloaded, rather than that the statement was wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state !== null && (/^(08|53|57P)/.test(state) || state === '55P03' || state === '57014')) return true;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && CONNECTION_CODES.has(cause.code)) return true;
    if (CONNECTION_MESSAGES.test(cause.message)) return true;
  }
  return false;
}
