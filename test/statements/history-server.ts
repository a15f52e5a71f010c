import { migrate } from '../../src/platform/db/migrate.ts';
import { cloneDatabase } from '../support/database.ts';
import { ownPostgres } from '../support/own-postgres.ts';

/**
 * A database for a million rows. On a server of its own, as every replication slot of a server reads whatever is written to
 * it; with TEST_DATABASE_URL on that server, so that each supported version of Postgres plans the statements.
 */
export async function historyServer(): Promise<{ url: string } & AsyncDisposable> {
  // eslint-disable-next-line no-restricted-properties -- as the global set-up does
  if (process.env['TEST_DATABASE_URL']) return cloneDatabase();
  const server = await ownPostgres();
  await migrate(server.url);
  return server;
}
