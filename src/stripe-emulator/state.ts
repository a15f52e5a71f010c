import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type Stripe from 'stripe';

import type { TestPaymentMethod } from './cards.ts';
import type { Paging } from './params.ts';

/** A payment method, and the test card it was made from. */
export interface StoredPaymentMethod {
  id: string;
  card: TestPaymentMethod;
  object: Stripe.PaymentMethod;
}

/** What Stripe calls an event: a fact that it tells by webhook. Nothing to do with concerts. */
export interface StripeFact {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: object };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

/** Everything that is stored, by kind. */
export interface Kinds {
  payment_intent: Stripe.PaymentIntent;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  payment_method: StoredPaymentMethod;
  event: StripeFact;
}

/** The first answer given under an idempotency key. */
export interface StoredAnswer {
  key: string;
  endpoint: string;
  fingerprint: string;
  requestId: string;
  status: number;
  body: string;
}

/** Which objects a list asks for, newest first. */
export type Selection = Partial<Pick<Paging, 'limit' | 'starting_after' | 'ending_before' | 'created'>> & {
  /** The payment intent they belong to. */
  parent?: string;
  types?: readonly string[];
};

/** The emulator's memory: one small SQLite database, in RAM or in the state file. */
export interface State extends Disposable {
  /** Run work whose writes are kept together or not at all. Must not be nested. */
  transaction<T>(work: () => T): T;
  insert<K extends keyof Kinds>(
    kind: K,
    object: Kinds[K],
    details?: { parent?: string; type?: string },
  ): void;
  save<K extends keyof Kinds>(kind: K, object: Kinds[K]): void;
  find<K extends keyof Kinds>(kind: K, id: string): Kinds[K] | null;
  list<K extends keyof Kinds>(kind: K, selection?: Selection): Kinds[K][];
  /** Facts whose webhook has not been delivered, oldest first. */
  undelivered(): StripeFact[];
  rememberAnswer(answer: StoredAnswer): void;
  recallAnswer(key: string): StoredAnswer | null;
}

/** Facts beyond this many are forgotten, oldest first; Stripe keeps them for 30 days. */
const KEPT_FACTS = 10_000;
/** Stripe keeps idempotent answers for a day; a load test would not leave the memory for that. */
const KEPT_ANSWERS = 50_000;
const ANSWER_LIFETIME_S = 24 * 60 * 60;

/** A predecessor that was killed a moment ago may still hold the file. */
const LOCK_WAIT_MS = 5_000;

/** Open the state in `file`, or in memory alone. Throws when the file is damaged, or held by another emulator. */
export function openState(file?: string): State {
  if (file === undefined) return stateIn(new DatabaseSync(':memory:'));
  try {
    mkdirSync(dirname(file), { recursive: true });
    return stateIn(new DatabaseSync(file, { timeout: LOCK_WAIT_MS }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The state file ${file} cannot be used (${reason}). Move it away to begin afresh.`, {
      cause,
    });
  }
}

function stateIn(db: DatabaseSync): State {
  // Write-ahead logging makes a commit one append: it survives kill -9, and costs no fsync.
  db.exec(`
    pragma locking_mode = exclusive;
    pragma journal_mode = wal;
    pragma synchronous = normal;
    create table if not exists objects (
      sequence integer primary key, kind text not null, id text not null unique,
      parent text, type text, created integer not null, body text not null
    );
    create index if not exists objects_by_kind on objects (kind, sequence);
    create index if not exists objects_by_parent on objects (parent, kind, sequence) where parent is not null;
    create table if not exists answers (
      sequence integer primary key, key text not null unique, endpoint text not null, fingerprint text not null,
      requestId text not null, status integer not null, body text not null, created integer not null
    );
  `);

  const insert = db.prepare(
    'insert into objects (kind, id, parent, type, created, body) values (?, ?, ?, ?, ?, ?)',
  );
  const save = db.prepare('update objects set body = ? where id = ?');
  const find = db.prepare('select body from objects where kind = ? and id = ?');
  const undelivered = db.prepare(
    `select body from objects where kind = 'event' and body ->> 'pending_webhooks' > 0 order by sequence`,
  );
  const rememberAnswer = db.prepare(
    'insert into answers (key, endpoint, fingerprint, requestId, status, body, created) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const recallAnswer = db.prepare('select * from answers where key = ?');
  const forgetFacts = db.prepare(`
    delete from objects where kind = 'event' and sequence <=
      (select sequence from objects where kind = 'event' order by sequence desc limit 1 offset ?)
  `);
  const forgetAnswers = db.prepare(
    'delete from answers where created < ? or sequence <= (select max(sequence) from answers) - ?',
  );

  let writes = 0;
  const forget = () => {
    forgetFacts.run(KEPT_FACTS);
    forgetAnswers.run(nowSeconds() - ANSWER_LIFETIME_S, KEPT_ANSWERS);
  };
  forget();

  return {
    transaction(work) {
      db.exec('begin immediate');
      try {
        const result = work();
        if (++writes % 1_000 === 0) forget();
        db.exec('commit');
        return result;
      } catch (error) {
        db.exec('rollback');
        throw error;
      }
    },
    insert(kind, object, { parent, type } = {}) {
      const created = 'created' in object ? object.created : nowSeconds();
      insert.run(kind, object.id, parent ?? null, type ?? null, created, JSON.stringify(object));
    },
    save(_kind, object) {
      save.run(JSON.stringify(object), object.id);
    },
    find(kind, id) {
      const row = find.get(kind, id);
      return row === undefined ? null : parsed(row);
    },
    list(kind, selection = {}) {
      const { sql, values } = listStatement(kind, selection);
      const rows = db.prepare(sql).all(...values);
      const objects = rows.map((row) => parsed<Kinds[typeof kind]>(row));
      return selection.ending_before === undefined ? objects : objects.reverse();
    },
    undelivered: () => undelivered.all().map((row) => parsed(row)),
    rememberAnswer({ key, endpoint, fingerprint, requestId, status, body }) {
      rememberAnswer.run(key, endpoint, fingerprint, requestId, status, body, nowSeconds());
    },
    recallAnswer: (key) => (recallAnswer.get(key) as StoredAnswer | undefined) ?? null,
    [Symbol.dispose]: () => db.close(),
  };
}

/** What is stored was written by `insert` and `save`, which know its type. */
const parsed = <T>(row: Record<string, unknown>): T => JSON.parse(row['body'] as string) as T;

const OPERATORS = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

function listStatement(
  kind: keyof Kinds,
  selection: Selection,
): { sql: string; values: (string | number)[] } {
  const { parent, types, created, starting_after, ending_before, limit } = selection;
  const position = '(select sequence from objects where id = ?)';
  const clauses = ['kind = ?'];
  const values: (string | number)[] = [kind];
  const add = (clause: string, ...more: (string | number)[]) => {
    clauses.push(clause);
    values.push(...more);
  };
  if (parent !== undefined) add('parent = ?', parent);
  if (types !== undefined) add(`type in (${types.map(() => '?').join(', ')})`, ...types);
  for (const [bound, value] of Object.entries(created ?? {})) {
    if (value !== undefined) add(`created ${OPERATORS[bound as keyof typeof OPERATORS]} ?`, value);
  }
  if (starting_after !== undefined) add(`sequence < ${position}`, starting_after);
  if (ending_before !== undefined) add(`sequence > ${position}`, ending_before);
  const direction = ending_before === undefined ? 'desc' : 'asc';
  const sql = `select body from objects where ${clauses.join(' and ')} order by sequence ${direction} limit ?`;
  return { sql, values: [...values, limit ?? -1] };
}

/** The time as Stripe writes it: whole seconds since 1970. */
export const nowSeconds = (): number => Math.floor(Date.now() / 1000);
