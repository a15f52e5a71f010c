import { createHash } from 'node:crypto';
import { and, eq, gt, sql } from 'drizzle-orm';

import type { DbOrTx, Tx } from './pool.ts';
import { idempotencyKeys } from './tables.ts';

/** How long an answer is remembered. */
const KEPT = sql`interval '24 hours'`;

/** One call that wants to happen at most once. */
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

/** What is remembered of the call: its answer, `reused` if the key was for something else, `null` if nothing is. */
export async function recall<A>(db: DbOrTx, call: IdempotentCall): Promise<{ answer: A } | 'reused' | null> {
  const [row] = await db
    .select()
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.viewerId, call.viewerId),
        eq(idempotencyKeys.key, call.key),
        gt(idempotencyKeys.createdAt, sql`now() - ${KEPT}`),
      ),
    );
  if (row === undefined) return null;
  if (row.operation !== call.operation || row.inputHash !== call.inputHash) return 'reused';
  return { answer: row.answer as A };
}

/**
 * Remember the answer, in the transaction that makes it true. `false`: the key was remembered by another
 * transaction meanwhile, and this one must be rolled back and the answer recalled.
 */
export async function remember(tx: Tx, call: IdempotentCall, answer: object): Promise<boolean> {
  const [isFirst] = await rememberEach(tx, [{ call, answer }]);
  return isFirst!;
}

/**
 * Remember the answers of several calls, no key twice. For each in turn: whether it was the first under its key. Keys are
 * always taken in one order, so that two who remember the same ones do not wait in a circle.
 */
export async function rememberEach(
  tx: Tx,
  calls: readonly { call: IdempotentCall; answer: object }[],
): Promise<boolean[]> {
  const column = (of: (call: IdempotentCall) => string) => sql`${sql.param(calls.map(({ call }) => of(call)))}::text[]`; // prettier-ignore
  const written = await tx.execute<{ viewer_id: string; key: string }>(sql`
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
      where kept.created_at <= now() - ${KEPT}
    returning viewer_id, key`);
  const first = new Set(written.map(({ viewer_id: viewerId, key }) => `${viewerId}\n${key}`));
  return calls.map(({ call: { viewerId, key } }) => first.has(`${viewerId}\n${key}`));
}

/** Forget answers that are older than they are kept for; returns how many. */
export async function forgetOldAnswers(db: DbOrTx): Promise<number> {
  const gone = await db.execute(sql`
    /* idempotency.forgetOldAnswers */
    delete from idempotency_keys where created_at <= now() - ${KEPT} returning 1`);
  return gone.length;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
