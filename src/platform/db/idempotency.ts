import { createHash } from 'node:crypto';
import DataLoader from 'dataloader';
import { and, gt, sql } from 'drizzle-orm';

import { named } from './named.ts';
import type { Db, DbOrTx, Tx } from './pool.ts';
import { idempotencyKeys } from './tables.ts';

/** How long an answer is kept. */
const RETENTION = sql`interval '24 hours'`;
/** Keys looked up by one statement. */
const MAX_BATCH_SIZE = 100;

/** A call with an idempotency key: it takes effect at most once. */
export interface IdempotentCall {
  viewerId: string;
  key: string;
  operation: string;
  inputHash: string;
}

/** Describe a call; the same input in another key order hashes the same. */
export function idempotentCall(
  viewerId: string,
  key: string,
  operation: string,
  input: unknown,
): IdempotentCall {
  return {
    viewerId,
    key,
    operation,
    inputHash: createHash('sha256').update(canonical(input)).digest('base64url'),
  };
}

/** The stored answer of a call; `reused` if its key was used for another input, `null` if nothing is stored. */
type Recalled = { answer: unknown } | 'reused' | null;

const recallers = new WeakMap<Db, DataLoader<IdempotentCall, Recalled>>();

/**
 * Read the stored answer of a call; `reused` if its key was used for another input, `null` if nothing is stored. Concurrent
 * lookups share one statement: at a sold-out Event each request makes one.
 */
export function recall<A>(db: Db, call: IdempotentCall): Promise<{ answer: A } | 'reused' | null> {
  let loader = recallers.get(db);
  if (loader === undefined) {
    loader = new DataLoader((calls) => recallEach(db, calls), { cache: false, maxBatchSize: MAX_BATCH_SIZE });
    recallers.set(db, loader);
  }
  return loader.load(call) as Promise<{ answer: A } | 'reused' | null>;
}

async function recallEach(db: Db, calls: readonly IdempotentCall[]): Promise<Recalled[]> {
  const rows = await named(db, 'idempotency.recall')
    .select()
    .from(idempotencyKeys)
    .where(
      and(
        sql`(${idempotencyKeys.viewerId}, ${idempotencyKeys.key}) in (
          select * from unnest(
            ${sql.param(calls.map(({ viewerId }) => viewerId))}::text[],
            ${sql.param(calls.map(({ key }) => key))}::text[]
          )
        )`,
        gt(idempotencyKeys.createdAt, sql`now() - ${RETENTION}`),
      ),
    );
  const kept = new Map(rows.map((row) => [nameOf(row), row]));
  return calls.map((call) => {
    const row = kept.get(nameOf(call));
    if (row === undefined) return null;
    const isSame = row.operation === call.operation && row.inputHash === call.inputHash;
    return isSame ? { answer: row.answer } : 'reused';
  });
}

/** Unambiguous, as no key contains a line break. */
const nameOf = ({ viewerId, key }: { viewerId: string; key: string }) => `${key}\n${viewerId}`;

/**
 * Store the answer in the transaction that makes it true. `false`: another transaction stored the key meanwhile, so this one
 * must be rolled back and the answer recalled.
 */
export async function remember(tx: Tx, call: IdempotentCall, answer: object): Promise<boolean> {
  const [isFirst] = await rememberEach(tx, [{ call, answer }]);
  return isFirst!;
}

/**
 * Store the answers of several calls with distinct keys; returns for each whether it was the first under its key. Keys are
 * inserted in one order, so that two transactions with the same keys do not deadlock.
 */
export async function rememberEach(
  tx: Tx,
  calls: readonly { call: IdempotentCall; answer: object }[],
): Promise<boolean[]> {
  const column = (of: (call: IdempotentCall) => string) => sql`${sql.param(calls.map(({ call }) => of(call)))}::text[]`; // prettier-ignore
  const { rows: written } = await tx.execute<{ viewer_id: string; key: string }>(sql`
    /* idempotency.remember */
    insert into idempotency_keys as kept (viewer_id, key, operation, input_hash, answer)
    select viewer_id, key, operation, input_hash, answer::jsonb
    from unnest(
      ${column(({ viewerId }) => viewerId)}, ${column(({ key }) => key)}, ${column(({ operation }) => operation)},
      ${column(({ inputHash }) => inputHash)}, ${sql.param(calls.map(({ answer }) => JSON.stringify(answer)))}::text[]
    ) as given (viewer_id, key, operation, input_hash, answer)
    order by viewer_id, key
    on conflict (viewer_id, key) do update
      set operation = excluded.operation, input_hash = excluded.input_hash, answer = excluded.answer, created_at = now()
      where kept.created_at <= now() - ${RETENTION}
    returning viewer_id, key`);
  const first = new Set(written.map(({ viewer_id: viewerId, key }) => nameOf({ viewerId, key })));
  return calls.map(({ call }) => first.has(nameOf(call)));
}

/** Delete answers older than the retention; returns how many. */
export async function deleteOldIdempotencyKeys(db: DbOrTx): Promise<number> {
  const { rows: gone } = await db.execute(sql`
    /* idempotency.forgetOldAnswers */
    delete from idempotency_keys where created_at <= now() - ${RETENTION} returning 1`);
  return gone.length;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
