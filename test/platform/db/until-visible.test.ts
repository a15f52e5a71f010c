import { afterEach, beforeEach, expect, test } from 'vitest';

import { startPostgres } from '../../../src/local-stack/postgres.ts';
import { migrate } from '../../../src/platform/db/migrate.ts';
import { openPool, type Pool } from '../../../src/platform/db/pool.ts';
import { readSlot } from '../../../src/platform/db/replication.ts';
import { untilVisible } from '../../../src/platform/db/until-visible.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { temporaryDirectory } from '../../local-stack/directories.ts';
import { draftEvent } from '../../support/seed.ts';

/** Longer than the test may take. */
const PATIENTLY = 600_000;

let opened: AsyncDisposableStack;
let pool: Pool;
let url: string;

beforeEach(async () => {
  opened = new AsyncDisposableStack();
  const directory = opened.use(await temporaryDirectory());
  {
    await using server = await startPostgres({ directory: directory.path });
    await migrate(server.url);
    await using before = openPool(server.url, 1);
    await before.sql`alter system set synchronous_standby_names = 'missing_standby'`; // from the next start on
  }
  const server = opened.use(await startPostgres({ directory: directory.path }));
  // what we write ourselves waits for no standby
  url = `${server.url}${server.url.includes('?') ? '&' : '?'}options=-c%20synchronous_commit%3Dlocal`;
  pool = opened.use(openPool(url, 4));
});
afterEach(() => opened.disposeAsync());

test('a commit that is in the log but not visible yet is waited for', async () => {
  const platform = { ...pool, log: openLog('silent'), metrics: openMetrics() };
  const { id } = await draftEvent(platform, { seats: 20 });
  const readName = async () => (await pool.sql`select name from events where id = ${id}`)[0]!['name'];
  const stopping = new AbortController();
  const { signal } = stopping;
  const slot = readSlot({ databaseUrl: url, publication: 'onsale_realtime', platform, signal });
  opened.defer(async () => {
    stopping.abort();
    await slot.return();
  });
  await slot.next(); // it is held

  const writing = pool.sql.begin(async (tx) => {
    await tx`set local synchronous_commit = on`;
    await tx`update events set name = 'Changed' where id = ${id}`;
  });
  let transaction: number | undefined;
  while (transaction === undefined) {
    const { value } = await slot.next();
    if (value?.kind === 'changes')
      transaction = value.changes.find(({ table }) => table === 'events')?.transaction;
  }
  expect(await readName()).not.toBe('Changed');
  expect(await untilVisible(pool.db, [transaction], 0)).toBe(false);

  const read = untilVisible(pool.db, [transaction], PATIENTLY).then(readName);
  await pool.sql`alter system set synchronous_standby_names = ''`;
  await pool.sql`select pg_reload_conf()`;
  expect(await read).toBe('Changed');
  await writing;
});

test('an old commit is not waited for', async () => {
  const [row] = await pool.sql`select (pg_current_xact_id()::text::bigint & 4294967295)::int as number`;
  expect(await untilVisible(pool.db, [row!['number'], 3], 0)).toBe(true);
});
