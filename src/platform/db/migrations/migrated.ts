import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';

import type { Db } from '../pool.ts';

const JOURNAL = new URL('../../../../drizzle/meta/_journal.json', import.meta.url);

/** Timestamp of the newest migration of this version. */
const newest = Math.max(
  ...(JSON.parse(readFileSync(JOURNAL, 'utf8')) as { entries: { when: number }[] }).entries.map(
    ({ when }) => when,
  ),
);

/** Whether the database has every migration of this version; it may have newer ones. Throws if it is unavailable. */
export async function isMigrated(db: Db): Promise<boolean> {
  const {
    rows: [table],
  } = await db.execute<{ there: boolean }>(sql`
    /* db.hasMigrations */ select to_regclass('drizzle.__drizzle_migrations') is not null as there
  `);
  if (!table?.there) return false;
  const {
    rows: [row],
  } = await db.execute<{ done: boolean }>(sql`
    /* db.isMigrated */
    select coalesce(max(created_at), 0) >= ${newest}::bigint as done from drizzle.__drizzle_migrations
  `);
  return row?.done ?? false;
}

/**
 * Whether the database refuses writes: a standby, a demoted primary, or one with `default_transaction_read_only`. Idle
 * connections are closed then, so that the next ones reach the new primary.
 */
export async function isReadOnly(db: Db): Promise<boolean> {
  const { rows } = await db.execute<{ read_only: boolean }>(sql`
    /* db.isReadOnly */
    select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as read_only
  `);
  const readOnly = rows[0]?.read_only ?? false;
  if (readOnly) db.$client.dropIdle();
  return readOnly;
}
