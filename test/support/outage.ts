import postgres from 'postgres';
import { inject } from 'vitest';

/** Let Postgres end every session of a database and refuse new ones, as while it restarts; until that is ended. */
export async function refuseSessions(
  databaseUrl: string,
): Promise<{ end(): Promise<void> } & AsyncDisposable> {
  const database = new URL(databaseUrl).pathname.slice(1);
  const sql = postgres(inject('postgresUrl'), { max: 1 });
  const allow = (allowed: boolean) =>
    sql`alter database ${sql(database)} with allow_connections ${sql.unsafe(String(allowed))}`;
  await allow(false);
  await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = ${database}`;
  return {
    end: async () => void (await allow(true)),
    async [Symbol.asyncDispose]() {
      await allow(true);
      await sql.end();
    },
  };
}
