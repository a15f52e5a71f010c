import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';

import { TEMPLATE } from './global-setup.ts';

/** A database of one's own, cloned from the migrated template; dropped when disposed of, its replication slots first. */
export async function cloneDatabase(): Promise<{ url: string } & AsyncDisposable> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name} template ${TEMPLATE}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await onServer(
        server,
        `select pg_terminate_backend(active_pid, 5000) from pg_replication_slots where database = '${name}' and active`,
      );
      await onServer(
        server,
        `select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = '${name}'`,
      );
      await onServer(server, `drop database ${name} with (force)`);
    },
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const sql = postgres(server, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
