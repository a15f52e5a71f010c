import pg from 'pg';

import { MARKER } from './statement-names.ts';

/** A statement of the program as it was sent: what its name is, and what its parameters were. */
export interface SentStatement {
  /** `booking.lockRows`, from the comment that the text begins with. */
  name: string;
  text: string;
  values: readonly unknown[];
  /** How the transaction began that it was sent in; null: in none. */
  transaction: string | null;
}

/** Records until it is disposed of. */
export interface StatementRecorder extends Disposable {
  readonly sent: readonly SentStatement[];
}

/**
 * Record every named statement that this process sends through node-postgres, which are all of the program's. Left out are
 * those without a name: of the tests themselves, of graphile-worker, and what begins and ends transactions.
 */
export function recordStatements(): StatementRecorder {
  const sent: SentStatement[] = [];
  const { query } = pg.Client.prototype;
  const begun = new WeakMap<pg.Client, string>();

  pg.Client.prototype.query = function record(this: pg.Client, ...args: any[]): any {
    followTransaction(begun, this, textOf(args[0]));
    const statement = read(args[0], args[1]);
    if (statement !== null) sent.push({ ...statement, transaction: begun.get(this) ?? null });
    return Reflect.apply(query, this, args);
  };
  return {
    sent,
    [Symbol.dispose]() {
      pg.Client.prototype.query = query;
    },
  };
}

function followTransaction(begun: WeakMap<pg.Client, string>, client: pg.Client, text: string | undefined) {
  if (text === undefined) return;
  if (/^begin\b/i.test(text)) begun.set(client, text.toLowerCase());
  else if (/^(commit|rollback)\s*$/i.test(text)) begun.delete(client);
}

const textOf = (statement: unknown): string | undefined =>
  typeof statement === 'string' ? statement : (statement as Partial<pg.QueryConfig>).text;

function read(statement: unknown, values: unknown): Omit<SentStatement, 'transaction'> | null {
  const { text, values: own } =
    typeof statement === 'string' ? { text: statement } : (statement as Partial<pg.QueryConfig>);
  const name = typeof text === 'string' ? MARKER.exec(text)?.[1] : undefined;
  if (name === undefined) return null;
  return { name, text: text!, values: [...(Array.isArray(values) ? values : (own ?? []))] };
}
