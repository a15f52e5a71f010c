import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import pg from 'pg';

import { memoryOf } from '../text/memory.ts';
import { withSafeIntegers } from './safe-integers.ts';

/** Each connection keeps the plan of each prepared statement, some 20 kB; ours come to fewer than this. */
const MAX_PREPARED_STATEMENTS = 200;
/** Of one statement: a list in a request gives it another text for each length, which must not take all of the names. */
const MAX_PREPARED_FORMS = 8;
/** Of texts seen once, that are prepared if they come again. */
const MAX_SEEN_BYTES = 2 * 2 ** 20;
/** A longer text is a list of values, which hardly comes again with the same length. */
const MAX_PREPARED_LENGTH = 16_384;
/** Marker in the first comment of a statement whose best plan depends on its values: it is planned each time. */
const NEVER_PREPARE = ': plan anew */';

const seen = new LRUCache<string, true>({
  maxSize: MAX_SEEN_BYTES,
  sizeCalculation: (_seen, text) => memoryOf(text) + 150,
});
const names = new Map<string, string>();
/** Number of prepared forms by the name in the first comment. */
const forms = new Map<string, number>();
/** Part of the names, so that a statement is prepared anew on every connection. */
let generation = 0;

/** Prepare statements anew: after a migration Postgres refuses those whose result has other columns, on each connection. */
export function forgetPreparedStatements(): void {
  names.clear();
  forms.clear();
  generation++;
}

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

/** Derived from the text and the generation, so that behind a pooler it means the same statement in every process. */
export function preparedName(text: string): string | undefined {
  if (text.length > MAX_PREPARED_LENGTH || text.includes(NEVER_PREPARE)) return undefined;
  const known = names.get(text);
  if (known !== undefined || names.size >= MAX_PREPARED_STATEMENTS) return known;
  if (!seen.has(text)) {
    seen.set(text, true);
    return undefined;
  }
  const statement = /^\s*\/\* ([\w.]+)/.exec(text)?.[1] ?? text;
  const prepared = forms.get(statement) ?? 0;
  if (prepared >= MAX_PREPARED_FORMS) return undefined;
  forms.set(statement, prepared + 1);
  const name = createHash('sha256').update(`${generation} ${text}`).digest('base64url');
  names.set(text, name);
  return name;
}
