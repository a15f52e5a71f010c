import { createHash } from 'node:crypto';
import DataLoader from 'dataloader';
import { sql } from 'drizzle-orm';

import type { Db, Tx } from './pool.ts';

/** How long an answer is kept. */
const RETENTION = sql`interval '24 hours'`;
/** Keys looked up by one statement. */
const MAX_BATCH_SIZE = 100;

/** A call with an idempotency key: it takes effect at most once at its Event. */
export interface IdempotentCall {
  eventId: string;
  viewerId: string;
  key: string;
  operation: string;
  /** Of the input as it was sent, nulls included: as version 0.1 compares it. */
  inputHash: string;
  /** Of what the input means: a field that is null and one that is absent hash the same. */
  meaningHash: string;
}

/** What is stored of a call: the key of the row that it made, with a new id for every attempt. */
export interface StoredAnswer {
  eventId: string;
  id: string;
}

/**
 * Describe a call; the same input in another key order hashes the same. `meaning`: the input with the default of each field
 * for which null says the same.
 */
export function idempotentCall(
  { eventId, viewerId, key }: Pick<IdempotentCall, 'eventId' | 'viewerId' | 'key'>,
  operation: string,
  input: object,
  meaning: object = input,
): IdempotentCall {
  return {
    eventId,
    viewerId,
    key,
    operation,
    inputHash: hashOf(input, { withNulls: true }),
    meaningHash: hashOf(meaning, { withNulls: false }),
  };
}

/** The stored answer of a call; `reused` if its key was used for another input, `null` if nothing is stored. */
type Recalled = { answer: StoredAnswer } | 'reused' | null;

const recallers = new WeakMap<Db, DataLoader<IdempotentCall, Recalled>>();

/**
 * Read the stored answer of a call; `reused` if its key was used for another input, `null` if nothing is stored. Concurrent
 * lookups share one statement: at a sold-out Event each request makes one.
 */
export function recall(db: Db, call: IdempotentCall): Promise<Recalled> {
  let loader = recallers.get(db);
  if (loader === undefined) {
    loader = new DataLoader((calls) => recallEach(db, calls), { cache: false, maxBatchSize: MAX_BATCH_SIZE });
    recallers.set(db, loader);
  }
  return loader.load(call);
}

/**
 * Rows are matched by position: a text that the database stores differently would not be found again by its value. A row
 * without `meaningHash` was stored by version 0.1.
 */
async function recallEach(db: Db, calls: readonly IdempotentCall[]): Promise<Recalled[]> {
  const { rows } = await db.execute<{ position: number; same: boolean; answer: StoredAnswer }>(sql`
    /* idempotency.recall */
    select asked.position::int as position,
      kept.operation = asked.operation and (kept.input_hash in (asked.input_hash, asked.meaning_hash)
        or coalesce(kept.answer ->> 'meaningHash' = asked.meaning_hash, false)) as same,
      kept.answer - 'meaningHash' as answer
    from unnest(
      ${columnOf(calls, 'eventId')}::uuid[], ${columnOf(calls, 'viewerId')}::text[], ${columnOf(calls, 'key')}::text[],
      ${columnOf(calls, 'operation')}::text[], ${columnOf(calls, 'inputHash')}::text[],
      ${columnOf(calls, 'meaningHash')}::text[]
    ) with ordinality as asked (event_id, viewer_id, key, operation, input_hash, meaning_hash, position)
    cross join lateral (
      select operation, input_hash, answer from idempotent_calls call
      where call.event_id = asked.event_id and call.event_id = any(${columnOf(calls, 'eventId')}::uuid[])
        and call.viewer_id = asked.viewer_id and call.key = asked.key and call.created_at > now() - ${RETENTION}
      offset 0 -- a planner fence: without it Postgres may read all calls at the Event
    ) kept`);
  const recalled: Recalled[] = calls.map(() => null);
  for (const { position, same, answer } of rows) recalled[position - 1] = same ? { answer } : 'reused';
  return recalled;
}

const columnOf = (calls: readonly IdempotentCall[], name: keyof IdempotentCall) =>
  sql.param(calls.map((call) => call[name]));

/**
 * Store the answer in the transaction that makes it true. `false`: another transaction stored the key meanwhile, so this one
 * must be rolled back and the answer recalled.
 */
export async function remember(tx: Tx, call: IdempotentCall, answer: StoredAnswer): Promise<boolean> {
  const [isFirst] = await rememberEach(tx, [{ call, answer }]);
  return isFirst!;
}

/**
 * Store the answers of several calls with distinct keys; returns for each whether it was the first under its key. Keys are
 * inserted in one order, so that two transactions with the same keys do not deadlock. Written rows are recognised by the
 * ids of their answers, which are made here, not by what clients sent. `meaningHash` lies in the answer, which version 0.1
 * replaces whole: in a column of its own, the hash of an expired call would stay beside the input of the next one.
 */
export async function rememberEach(
  tx: Tx,
  calls: readonly { call: IdempotentCall; answer: StoredAnswer }[],
): Promise<boolean[]> {
  const asked = calls.map(({ call }) => call);
  const answers = sql.param(
    calls.map(({ call: { meaningHash }, answer }) => JSON.stringify({ ...answer, meaningHash })),
  );
  const { rows: written } = await tx.execute<{ answer: StoredAnswer }>(sql`
    /* idempotency.remember */
    insert into idempotent_calls as kept (event_id, viewer_id, key, operation, input_hash, answer)
    select event_id, viewer_id, key, operation, input_hash, answer::jsonb
    from unnest(
      ${columnOf(asked, 'eventId')}::uuid[], ${columnOf(asked, 'viewerId')}::text[], ${columnOf(asked, 'key')}::text[],
      ${columnOf(asked, 'operation')}::text[], ${columnOf(asked, 'inputHash')}::text[], ${answers}::text[]
    ) as given (event_id, viewer_id, key, operation, input_hash, answer)
    order by event_id, viewer_id, key
    on conflict (event_id, viewer_id, key) do update
      set operation = excluded.operation, input_hash = excluded.input_hash, answer = excluded.answer, created_at = now()
      where kept.created_at <= now() - ${RETENTION}
    returning kept.answer`);
  const first = new Set(written.map(({ answer }) => answer.id));
  return calls.map(({ answer }) => first.has(answer.id));
}

/** Fields in one order; of nested objects, too. A null in a list stays. */
function hashOf(value: object, { withNulls }: { withNulls: boolean }): string {
  const text = JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    const given = Object.entries(inner).filter(([, field]) => withNulls || field !== null);
    return Object.fromEntries(given.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
  return createHash('sha256').update(text).digest('base64url');
}
