import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runDrizzle } from 'drizzle-orm/postgres-js/migrator';
import { runMigrations as migrateJobs } from 'graphile-worker';
import postgres from 'postgres';

import { ADVISORY_LOCKS } from './advisory-locks.ts';

/** The migrations, as they lie in the repository. */
const FOLDER = fileURLToPath(new URL('../../../drizzle', import.meta.url));

/** Bring the database to the newest schema. Several processes may call this at once: one works, the others wait. */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${ADVISORY_LOCKS.migrations})`;
    await migrateJobs({ connectionString: url });
    await runDrizzle(drizzle(sql), { migrationsFolder: FOLDER });
  } finally {
    await sql.end({ timeout: 5 }); // the session's end lets the lock go
  }
}
