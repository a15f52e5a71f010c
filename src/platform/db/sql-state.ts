/** Postgres' own code of what went wrong, from the innermost cause (Drizzle wraps driver errors). `null`: not Postgres'. */
export function sqlStateOf(error: unknown): string | null {
  let state: string | null = null;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && /^[0-9A-Z]{5}$/.test(cause.code))
      state = cause.code;
  }
  return state;
}

/** The constraint Postgres says was violated, or `null`. */
export function violatedConstraint(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('constraint_name' in cause && typeof cause.constraint_name === 'string') return cause.constraint_name;
  }
  return null;
}

/** The driver's own codes for "no connection to be had, or it broke". */
const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
]);

/** Tell whether an error means that Postgres is away or overloaded, rather than that we asked for something wrong. */
export function isDatabaseAway(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state !== null && (/^(08|53|57P)/.test(state) || state === '55P03' || state === '57014')) return true;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && CONNECTION_CODES.has(cause.code)) return true;
  }
  return false;
}
