import { sql } from 'drizzle-orm';
import type { z } from 'zod';

import type { Tx } from './pool.ts';

/** Scheduling of one job. */
interface JobOptions {
  /** Delay by the database's clock; 0 by default. */
  delaySeconds?: number;
  /** A job replaces the waiting job of the same key. */
  key?: string;
  /** No buyer waits for it: it runs after every due job that is not deferrable. */
  isDeferrable?: boolean;
}

/** graphile-worker takes due jobs by priority, lowest number first, then by time. */
const DEFAULT_PRIORITY = 0;
const DEFERRABLE_PRIORITY = 10;

/** A kind of job: its task name in the database, and the only way to enqueue and to handle it. */
export interface Job<Payload extends object> {
  readonly name: string;
  /**
   * Enqueue in the transaction that makes the job necessary. It runs at least once after the commit, so its handler is
   * idempotent; it never runs if the transaction rolls back. `eventId` names the Event whose rows the transaction writes, so
   * that an outbox can lie beside them; `null`: they belong to no Event.
   */
  readonly enqueue: (tx: Tx, eventId: string | null, payload: Payload, options?: JobOptions) => Promise<void>;
  /** Bind the handler. It gets a validated payload: an invalid one fails the job, and is retried like any failure. */
  readonly handler: (handle: (payload: Payload) => Promise<void>) => JobHandler;
}

/** A job with its handler, as the worker takes it. */
export interface JobHandler {
  readonly name: string;
  readonly handle: (payload: unknown) => Promise<void>;
}

/**
 * Define a kind of job. Rows of a former version may still wait under `name` with the former payload, so neither changes
 * incompatibly.
 */
export function defineJob<Payload extends object>(name: string, schema: z.ZodType<Payload>): Job<Payload> {
  return {
    name,
    async enqueue(tx, _eventId, payload, { delaySeconds = 0, key, isDeferrable = false } = {}) {
      await tx.execute(sql`
        /* jobs.enqueue */
        select graphile_worker.add_job(
          ${name}::text,
          ${JSON.stringify(payload)}::json,
          run_at => now() + make_interval(secs => ${delaySeconds}::double precision),
          job_key => ${key ?? null}::text,
          priority => ${isDeferrable ? DEFERRABLE_PRIORITY : DEFAULT_PRIORITY}::int
        )`);
    },
    handler: (handle) => ({ name, handle: async (payload) => handle(schema.parse(payload)) }),
  };
}
