import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runDrizzle } from 'drizzle-orm/postgres-js/migrator';
import { runMigrations as migrateJobs } from 'graphile-worker';
import postgres from 'postgres';

import { ADVISORY_LOCKS } from './advisory-locks.ts';

/** The migrations of the repository. */
const FOLDER = fileURLToPath(new URL('../../../drizzle', import.meta.url));

/** Apply pending migrations. Safe from several processes at once: one migrates, the others wait. */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${ADVISORY_LOCKS.migrations})`;
    await migrateJobs({ connectionString: url });
    await runDrizzle(drizzle(sql), { migrationsFolder: FOLDER });
  } finally {
    await sql.end({ timeout: 5 }); // ending the session releases the lock
  }
}
