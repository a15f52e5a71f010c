import type { Metrics } from '../telemetry/metrics.ts';
import type { Db, Tx } from './pool.ts';
import { sqlStateOf } from './sql-state.ts';

/** SQLSTATEs Postgres promises to have rolled back, so that a second run is safe. */
const RETRYABLE = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
]);

/** Five runs: a deadlock victim that loses four times in a row is under an attack, not in a race. */
const MOST_RUNS = 5;

/** Thrown inside a transaction to end it with an answer and leave nothing behind. */
class RolledBack extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super('rolled back with an answer');
    this.answer = answer;
  }
}

/** Leave the transaction with `answer` as its result, and everything it wrote undone. */
export function rollBackWith(answer: unknown): never {
  throw new RolledBack(answer);
}

/**
 * Run `work` in one transaction, counted and timed under `name`; it may run again after a deadlock.
 * `work` touches nothing but `tx`, waits for no network, and may leave through `rollBackWith`.
 */
export async function inTransaction<T>(
  platform: { db: Db; metrics: Metrics },
  name: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const stop = platform.metrics.transactionSeconds.startTimer({ name });
  try {
    for (let run = 1; ; run++) {
      try {
        return await platform.db.transaction(work);
      } catch (error) {
        if (error instanceof RolledBack) return error.answer as T;
        if (run >= MOST_RUNS || !RETRYABLE.has(sqlStateOf(error) ?? '')) throw error;
        platform.metrics.transactionRetries.inc({ name });
      }
    }
  } finally {
    stop();
  }
}
