import type { Metrics } from '../telemetry/metrics.ts';
import type { Db, Tx } from './pool.ts';
import { isPlanStale, sqlStateOf } from './sql-state.ts';

/** SQLSTATEs after which Postgres has rolled back, so that a second run is safe. */
const RETRYABLE = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
]);

/** After a migration, a statement that was prepared before it fails once; the pool then prepares it anew. */
const canRunAgain = (error: unknown) => RETRYABLE.has(sqlStateOf(error) ?? '') || isPlanStale(error);

/**
 * What the locks of a transaction rely on: each of its statements sees what was committed before the statement began.
 * Given with `begin`, as a database or a role can have another default.
 */
const READ_COMMITTED = { isolationLevel: 'read committed' } as const;

/** Five runs: a deadlock victim that loses four times in a row is under an attack, not in a race. */
const MAX_RUNS = 5;

/**
 * End the transaction with `answer` as the result of `inTransaction`, and roll back everything it wrote. It throws, so that
 * helpers of any depth can be handed it; prefer `return abort(…)`, which tells the compiler that nothing follows.
 */
export type Abort<A> = (answer: A) => never;

class TransactionAborted extends Error {
  readonly abort: unknown;
  readonly answer: unknown;

  constructor(abort: unknown, answer: unknown) {
    super('transaction aborted with an answer');
    this.abort = abort;
    this.answer = answer;
  }
}

/**
 * Run `work` in one transaction, counted and timed under `name`; it runs again after a deadlock or a stale plan.
 * `work` touches nothing but `tx`, waits for no network, and may leave through `abort`. What `abort` takes is inferred
 * from the result that is expected, or written at the parameter: `abort: Abort<null>`. No run begins after `signal` has aborted.
 */
export async function inTransaction<T, A = never>(
  platform: { db: Db; metrics: Metrics },
  name: string,
  work: (tx: Tx, abort: Abort<A>) => Promise<T>,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<T | A> {
  const abort: Abort<A> = (answer) => {
    throw new TransactionAborted(abort, answer);
  };
  const stop = platform.metrics.transactionSeconds.startTimer({ name });
  try {
    for (let run = 1; ; run++) {
      signal?.throwIfAborted();
      try {
        return await platform.db.transaction((tx) => work(tx, abort), READ_COMMITTED);
      } catch (error) {
        // The abort of an outer transaction passes through, for its answer is not of this type.
        if (error instanceof TransactionAborted && error.abort === abort) return error.answer as A;
        if (run >= MAX_RUNS || !canRunAgain(error)) throw error;
        platform.metrics.transactionRetries.inc({ name });
      }
    }
  } finally {
    stop();
  }
}
