import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import pg from 'pg';

import { withSafeIntegers } from './safe-integers.ts';

/** Each connection keeps the plan of each prepared statement, some 20 kB; ours come to fewer than this. */
const MAX_PREPARED_STATEMENTS = 200;
/** Texts seen once, that are prepared if they come again. */
const MAX_STATEMENTS_SEEN = 1_000;
/** Marker in the first comment of a statement whose best plan depends on its values: it is planned each time. */
const NEVER_PREPARE = ': plan anew */';

const seen = new LRUCache<string, true>({ max: MAX_STATEMENTS_SEEN });
const names = new Map<string, string>();

/** A connection that prepares the statements that come a second time, which halves their round trips. */
export class PreparingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // Without a listener, the error of a broken connection would end the process; its statement is rejected as well.
    this.on('error', () => {});
  }

  /** All overloads of `pg.Client.query`: only the statement's name and the type of its 64-bit integers are added. */
  override query(statement: unknown, values?: unknown, callback?: unknown): never {
    const adapted = isPlainStatement(statement)
      ? { ...statement, types: withSafeIntegers(statement.types), ...nameOf(statement.text, values) }
      : statement;
    return super.query(adapted as never, values as never, callback as never) as never;
  }
}

/** A statement as Drizzle makes it; COPY is an object with a method of its own. */
const isPlainStatement = (statement: unknown): statement is pg.QueryConfig =>
  typeof statement === 'object' && statement !== null && 'text' in statement && !('submit' in statement);

/** Statements without values are not prepared: they are few, and simple. */
function nameOf(text: string, values: unknown): { name?: string } {
  if (!Array.isArray(values) || values.length === 0) return {};
  const name = preparedName(text);
  return name === undefined ? {} : { name };
}

/** The name is derived from the text, so that behind a pooler it means the same statement in every process. */
function preparedName(text: string): string | undefined {
  if (text.includes(NEVER_PREPARE)) return undefined;
  const known = names.get(text);
  if (known !== undefined || names.size >= MAX_PREPARED_STATEMENTS) return known;
  if (!seen.has(text)) {
    seen.set(text, true);
    return undefined;
  }
  const name = createHash('sha256').update(text).digest('base64url');
  names.set(text, name);
  return name;
}
