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

/**
 * States of a server that cannot serve, or not now: connection lost, password or database gone, out of connections, memory or
 * disk, shutting down, I/O error; read-only, as a demoted primary is; timeouts of sessions, transactions, statements and locks;
 * and deadlocks or conflicts that were lost at every retry.
 */
const UNAVAILABLE = /^(08...|28...|3D000|53...|57P..|58...|25006|25P0[34]|55P03|57014|40001|40P01)$/;

/** Whether an error means that Postgres is unavailable or overloaded, rather than that the statement was wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state !== null && UNAVAILABLE.test(state)) return true;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && CONNECTION_CODES.has(cause.code)) return true;
    if (CONNECTION_MESSAGES.test(cause.message)) return true;
  }
  return false;
}

/** Whether other connections of the pool lead to the same dead end: a primary that became read-only, or is shutting down. */
export function isConnectionUseless(error: unknown): boolean {
  return /^(25006|57P0[123])$/.test(sqlStateOf(error) ?? '');
}

/** Whether a prepared statement was refused because a migration changed the columns of its result. */
export function isPlanStale(error: unknown): boolean {
  if (sqlStateOf(error) !== '0A000') return false;
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('routine' in cause && cause.routine === 'RevalidateCachedQuery') return true; // its message is translated
  return false;
}
