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

/** An event of Stripe, delivered by webhook. Unrelated to the Events of the catalogue. */
export interface StripeEvent {
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

/** Types of the stored objects. */
export interface ObjectKinds {
  payment_intent: Stripe.PaymentIntent;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  dispute: Stripe.Dispute;
  payment_method: StoredPaymentMethod;
  event: StripeEvent;
}

/** The response stored under an idempotency key. */
export interface StoredResponse {
  key: string;
  endpoint: string;
  fingerprint: string;
  requestId: string;
  status: number;
  body: string;
}

/** Filter and page of a list; newest first. */
export type ListFilter = Partial<Pick<Paging, 'limit' | 'starting_after' | 'ending_before' | 'created'>> & {
  /** Id of their payment intent. */
  parent?: string;
  types?: readonly string[];
};

/** State of the emulator: an SQLite database, in memory or in the state file. */
export interface State extends Disposable {
  /** Run work in a transaction. Not nestable. */
  transaction<T>(work: () => T): T;
  insert<K extends keyof ObjectKinds>(
    kind: K,
    object: ObjectKinds[K],
    details?: { parent?: string; type?: string },
  ): void;
  save<K extends keyof ObjectKinds>(kind: K, object: ObjectKinds[K]): void;
  find<K extends keyof ObjectKinds>(kind: K, id: string): ObjectKinds[K] | null;
  list<K extends keyof ObjectKinds>(kind: K, selection?: ListFilter): ObjectKinds[K][];
  /** Undelivered events, oldest first. */
  undelivered(): StripeEvent[];
  storeResponse(response: StoredResponse): void;
  findResponse(key: string): StoredResponse | null;
}

/** Events beyond this number are deleted, oldest first; Stripe keeps them for 30 days. */
const MAX_EVENTS = 10_000;
/** Bounds the memory during load tests; Stripe keeps responses of idempotency keys for a day. */
const MAX_RESPONSES = 50_000;
const RESPONSE_TTL_SECONDS = 24 * 60 * 60;

/** A killed predecessor may hold the file lock for a moment. */
const LOCK_TIMEOUT_MS = 5_000;
/** SQLite's error code for a lock that another process holds. */
const SQLITE_BUSY = 5;

/** Open the state in `file`, or in memory. Throws if the file is damaged, or locked by another emulator. */
export function openState(file?: string): State {
  if (file === undefined) return stateIn(new DatabaseSync(':memory:'));
  try {
    mkdirSync(dirname(file), { recursive: true });
    return stateIn(new DatabaseSync(file, { timeout: LOCK_TIMEOUT_MS }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const remedy =
      (cause as { errcode?: number }).errcode === SQLITE_BUSY
        ? 'another process uses it: share its emulator, by STRIPE_API_URL, STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET'
        : 'move it away to start with an empty one';
    throw new Error(`state file ${file} cannot be opened (${reason}); ${remedy}`, { cause });
  }
}

function stateIn(db: DatabaseSync): State {
  // In WAL mode a commit is one append without fsync, and survives kill -9.
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
  const storeResponse = db.prepare(
    'insert into answers (key, endpoint, fingerprint, requestId, status, body, created) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const findResponse = db.prepare('select * from answers where key = ?');
  const pruneEvents = db.prepare(`
    delete from objects where kind = 'event' and sequence <=
      (select sequence from objects where kind = 'event' order by sequence desc limit 1 offset ?)
  `);
  const pruneResponses = db.prepare(
    'delete from answers where created < ? or sequence <= (select max(sequence) from answers) - ?',
  );

  let writes = 0;
  const prune = () => {
    pruneEvents.run(MAX_EVENTS);
    pruneResponses.run(nowSeconds() - RESPONSE_TTL_SECONDS, MAX_RESPONSES);
  };
  prune();

  return {
    transaction(work) {
      db.exec('begin immediate');
      try {
        const result = work();
        if (++writes % 1_000 === 0) prune();
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
      const objects = rows.map((row) => parsed<ObjectKinds[typeof kind]>(row));
      return selection.ending_before === undefined ? objects : objects.reverse();
    },
    undelivered: () => undelivered.all().map((row) => parsed(row)),
    storeResponse({ key, endpoint, fingerprint, requestId, status, body }) {
      storeResponse.run(key, endpoint, fingerprint, requestId, status, body, nowSeconds());
    },
    findResponse: (key) => (findResponse.get(key) as StoredResponse | undefined) ?? null,
    [Symbol.dispose]: () => db.close(),
  };
}

/** Rows are written by `insert` and `save` only, which are typed. */
const parsed = <T>(row: Record<string, unknown>): T => JSON.parse(row['body'] as string) as T;

const OPERATORS = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

function listStatement(
  kind: keyof ObjectKinds,
  selection: ListFilter,
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

/** Unix time in seconds, as in Stripe's objects. */
export const nowSeconds = (): number => Math.floor(Date.now() / 1000);
