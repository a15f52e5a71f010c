import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';

import type { DbOrTx } from './pool.ts';

/** Writes the name of a statement before its text. */
class NamingDialect extends PgDialect {
  readonly #comment: string;

  constructor(name: string) {
    super();
    this.#comment = `/* ${name} */ `;
  }

  override sqlToQuery(...args: [SQL, ...never[]]): ReturnType<PgDialect['sqlToQuery']> {
    const query = super.sqlToQuery(...args);
    return { ...query, sql: this.#comment + query.sql };
  }
}

/** One per name; names are literals of the source. */
const dialects = new Map<string, NamingDialect>();

/**
 * The same database or transaction, for the one statement that is built next: `named(db, 'booking.findSale').select()…`.
 * Its text begins with the name, as the text of statements written by hand does: `capability.function`, for logs,
 * `pg_stat_activity` and the statement corpus of the tests.
 */
export function named<T extends DbOrTx>(db: T, name: string): T {
  let dialect = dialects.get(name);
  if (dialect === undefined) dialects.set(name, (dialect = new NamingDialect(name)));
  return Object.create(db, { dialect: { value: dialect } }) as T;
}
