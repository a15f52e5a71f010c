import { expect, test } from 'vitest';

import { startPostgres } from '../../../src/local-stack/postgres.ts';
import { parseLsn, writeLsn } from '../../../src/platform/db/lsn.ts';
import { migrate } from '../../../src/platform/db/migrate.ts';
import { measureSlot } from '../../../src/platform/db/replication.ts';
import { temporaryDirectory } from '../../local-stack/directories.ts';
import { eventOnSale } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import {
  block,
  failures,
  metrics,
  open,
  opened,
  openPlace,
  placesOf,
  PUBLICATION,
  slotOf,
} from './slot-reader.ts';

test('committed changes arrive in order with the published columns, and rolled back ones do not', async () => {
  const place = await openPlace();
  const reader = open(place);
  expect(await reader.next()).toEqual({ kind: 'acquired', generation: expect.any(String) });
  await block(place, 3);
  expect(await reader.until('changes')).toEqual({
    kind: 'changes',
    committedAt: expect.any(Date),
    after: expect.any(BigInt),
    upTo: expect.any(BigInt),
    changes: [
      {
        table: 'tickets',
        operation: 'update',
        row: { event_id: place.event.id, place: 3, status: 'BLOCKED', version: 1 },
        transaction: expect.any(Number),
      },
    ],
  });
  await place.pool.sql
    .begin(async (tx) => {
      await tx`update tickets set version = version + 1 where event_id = ${place.event.id} and place = 4`;
      throw new Error('never mind');
    })
    .catch(() => {});
  await block(place, 5, 6);
  expect(placesOf(await reader.until('changes'))).toEqual([5, 6]);
});

test('unacknowledged changes are delivered again, acknowledged ones are not', async () => {
  const place = await openPlace();
  const first = open(place);
  const { generation } = await first.until('acquired');
  await block(place, 1);
  expect(placesOf(await first.until('changes'))).toEqual([1]);
  await block(place, 2);
  expect(placesOf(await first.until('changes'))).toEqual([2]); // asking for it said that 1 is done; 2 is not
  await first.close();

  const second = open(place);
  expect((await second.until('acquired')).generation).toBe(generation);
  expect(placesOf(await second.until('changes'))).toEqual([2]);
  await second.until('caught-up');
  await second.next();
  await second.close();
  const third = open(place);
  await block(place, 3);
  expect(placesOf(await third.until('changes'))).toEqual([3]);
});

test('changes that are not applied are delivered again with all later ones, however many more were requested', async () => {
  const place = await openPlace();
  let oldestUnwrittenLsn: bigint | null = null;
  const first = open(place, () => oldestUnwrittenLsn);
  await first.until('acquired');
  await block(place, 1);
  await first.until('changes');
  await block(place, 2);
  oldestUnwrittenLsn = (await first.until('changes')).after;
  await block(place, 3);
  await first.until('changes');
  await first.until('caught-up');
  await first.until('caught-up');
  await first.close();

  const second = open(place);
  const told: number[] = []; // together or one after the other, as they happen to be read
  while (told.length < 2) told.push(...placesOf(await second.until('changes')));
  expect(told).toEqual([2, 3]);
});

test('changes applied late are acknowledged once they are applied', async () => {
  const place = await openPlace();
  let oldestUnwrittenLsn: bigint | null = null;
  const first = open(place, () => oldestUnwrittenLsn);
  await first.until('acquired');
  await block(place, 1);
  oldestUnwrittenLsn = (await first.until('changes')).after;
  await first.until('caught-up');
  oldestUnwrittenLsn = null;
  await first.until('caught-up');
  await first.next();
  await first.close();

  const second = open(place);
  await block(place, 2);
  expect(placesOf(await second.until('changes'))).toEqual([2]);
});

test('one process reads at a time, and another continues when the connection of the first breaks', async () => {
  const place = await openPlace();
  const [first, second] = [open(place), open(place)];
  await first.until('acquired');
  let takenOver = false;
  const waiting = second.until('acquired').then((news) => {
    takenOver = true;
    return news;
  });
  await first.until('caught-up');
  expect(takenOver).toBe(false);
  await block(place, 9);
  await first.until('changes');
  await first.close();
  await waiting;
  expect(placesOf(await second.until('changes'))).toEqual([9]);
});

test('an idle slot advances with unrelated writes to the log', async () => {
  const place = await openPlace();
  const reader = open(place);
  await reader.until('caught-up');
  const before = parseLsn((await slotOf(place))!.confirmed);
  await place.pool.sql`create table filler as select generate_series(1, 20000) as number`;
  await eventually('the slot has moved', async () => {
    await reader.until('caught-up');
    return parseLsn((await slotOf(place))!.confirmed) > before + 500_000n;
  });
  await eventually('the measure says that nothing waits', async () => {
    await reader.until('caught-up');
    await measureSlot({ db: place.pool.db, metrics }, PUBLICATION);
    const { slot_name } = (await slotOf(place))!;
    const { values } = await metrics.slotLagBytes.get();
    return values.some(({ labels, value }) => labels.slot === slot_name && value < 100_000);
  });
});

test('a large transaction arrives whole, although it exceeds the buffer', async () => {
  const place = await openPlace();
  const large = await eventOnSale({ ...place.pool, metrics }, { areas: [{ key: 'floor', places: 20_000 }] });
  const reader = open(place);
  await reader.until('acquired');
  await place.pool.sql`update tickets set status = 'BLOCKED', version = 1 where event_id = ${large.id}`;
  await block(place, 1);
  const [first, then] = [await reader.until('changes'), await reader.until('changes')];
  expect(first.changes.length).toBeGreaterThanOrEqual(20_000);
  expect(first.changes.length + then.changes.length).toBe(20_001);
});

test('without the publication there is no slot yet', async () => {
  const place = await openPlace();
  await place.pool.sql.unsafe(`drop publication ${PUBLICATION}`);
  const reader = open(place);
  const news = reader.next();
  await eventually('it was tried', async () => failures > 0);
  expect(await slotOf(place)).toBeUndefined();
  await place.pool.sql.unsafe(`
    create publication ${PUBLICATION} for table tickets (event_id, place, status, version) with (publish = 'update')`);
  expect(await news).toMatchObject({ kind: 'acquired' });
});

/** A Postgres of the test's own, without other writers to the log. */
async function ownPostgres(settings: Record<string, string> = {}) {
  const directory = opened.use(await temporaryDirectory());
  let server = await startPostgres({ directory: directory.path, settings });
  opened.defer(() => server[Symbol.asyncDispose]());
  await migrate(server.url);
  return {
    url: server.url,
    async restart() {
      process.kill(server.pid, 'SIGKILL');
      await server[Symbol.asyncDispose]();
      server = await startPostgres({ directory: directory.path, settings, port: server.port });
    },
  };
}

test('a commit that begins where the last acknowledged one ends is delivered', async () => {
  const place = await openPlace((await ownPostgres()).url);
  const first = open(place);
  await first.until('acquired');
  const written = Promise.withResolvers<void>();
  const mayCommit = Promise.withResolvers<void>();
  const late = place.pool.sql.begin(async (tx) => {
    await tx`update tickets set version = version + 1 where event_id = ${place.event.id} and place = 2`;
    written.resolve();
    await mayCommit.promise;
  });
  await written.promise;
  await block(place, 1);
  expect(placesOf(await first.until('changes'))).toEqual([1]);
  await first.next(); // says that it is done
  await first.close();
  mayCommit.resolve();
  await late;
  expect(placesOf(await open(place).until('changes'))).toEqual([2]);
});

test('after Postgres is killed, the reader continues at its position or shortly before', async () => {
  const server = await ownPostgres();
  const place = await openPlace(server.url);
  const reader = open(place);
  const { generation } = await reader.until('acquired');
  await block(place, 1);
  const [, again] = [await reader.until('changes'), reader.until('acquired')];
  await server.restart();
  expect((await again).generation).toBe(generation);
  await block(place, 2);
  const told: number[] = []; // perhaps 1 again: what was acknowledged since its last checkpoint a killed Postgres forgets
  while (!told.includes(2)) told.push(...placesOf(await reader.until('changes')));
  expect(told.filter((at) => at !== 1)).toEqual([2]);
});

test('a slot that Postgres invalidated is created again, with another generation', async () => {
  const settings = { max_slot_wal_keep_size: '1MB', min_wal_size: '32MB', max_wal_size: '32MB' };
  const place = await openPlace((await ownPostgres(settings)).url);
  const reader = open(place);
  const { generation } = await reader.until('acquired');
  await reader.close();
  await eventually('the slot is lost', async () => {
    await place.pool.sql`select pg_switch_wal()`;
    await place.pool.sql`create table filler as select generate_series(1, 100000) as number`;
    await place.pool.sql`drop table filler`;
    await place.pool.sql`checkpoint`;
    return (await slotOf(place))!.wal_status === 'lost';
  });
  await block(place, 2);
  const next = open(place);
  expect((await next.until('acquired')).generation).not.toBe(generation);
  await block(place, 3);
  expect(placesOf(await next.until('changes'))).toEqual([3]);
});

test('a crash while a slot is created leaves no generation that counts as complete', async () => {
  const place = await openPlace();
  const first = open(place);
  const { generation } = await first.until('acquired');
  await first.close();
  const { slot_name: name } = (await slotOf(place))!;
  await place.pool.sql`update replication_slots set generation = null where name = ${name}`; // so far it had come
  const { generation: next } = await open(place).until('acquired');
  expect(next).not.toBe(generation);
});

test('log sequence numbers are parsed and formatted as Postgres does', () => {
  for (const text of ['0/0', '16/B374D848', 'FFFFFFFF/FFFFFFFF']) expect(writeLsn(parseLsn(text))).toBe(text);
  expect(parseLsn('00000001/00000000')).toBe(4_294_967_296n);
  expect(writeLsn(parseLsn('1/0') - 1n)).toBe('0/FFFFFFFF');
});
