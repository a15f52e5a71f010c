import { sql } from 'drizzle-orm';

import type { Tx } from './pool.ts';

/** What can be told about a job when it is enqueued. */
export interface JobOptions {
  /** Not before this long from now, by the database's clock. Default: at once. */
  delaySeconds?: number;
  /** A job enqueued under the key of a waiting one takes its place. */
  key?: string;
}

/**
 * Enqueue a job in the transaction that makes it necessary. It runs at least once after the commit,
 * so whoever handles it must not mind a second time.
 */
export async function enqueue(
  tx: Tx,
  task: string,
  payload: object,
  options: JobOptions = {},
): Promise<void> {
  await tx.execute(sql`
    /* jobs.enqueue */
    select graphile_worker.add_job(
      ${task}::text,
      ${JSON.stringify(payload)}::json,
      run_at => now() + make_interval(secs => ${options.delaySeconds ?? 0}::double precision),
      job_key => ${options.key ?? null}::text
    )`);
}
