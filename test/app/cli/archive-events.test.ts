import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { TooRecent } from '../../../src/app/cli/archive-events.ts';
import { markArchived } from '../../../src/catalog/index.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { openCheckoutWorld, type CheckoutWorld } from '../../support/checkout-world.ts';
import { run } from '../../support/process.ts';
import { inDays } from '../../support/seed.ts';
import { ALL_MOVED, answersOf, archiveYear, letPass, pastSale, rowsOf } from './past-events.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const archivedAt = async (id: string): Promise<string | undefined> => {
  const [row] = await world.platform.sql<
    { archivedAt: Date }[]
  >`select archived_at as "archivedAt" from events where id = ${id}`;
  return row?.archivedAt.toISOString();
};

describe('an archive run', () => {
  test('that is stopped after any batch continues, and readers see all of it meanwhile', async () => {
    const sale = await pastSale(world, 2006);
    const before = await answersOf(sale);
    const stages = new Set<string>();
    for (let questions = 1, isPartial = true; isPartial; questions++) {
      let asked = 0;
      ({ isPartial } = await archiveYear(world, 2006, {
        batchSize: 7,
        isStopped: () => ++asked > questions,
      }));
      const rows = await rowsOf(world, sale.event.id);
      expect(rows['tickets']! + rows['archivedTickets']!).toBe(40);
      expect(rows['reservations']! + rows['archivedReservations']!).toBe(3);
      expect(await answersOf(sale)).toEqual(before);
      stages.add(JSON.stringify(rows));
    }
    expect(stages.size).toBeGreaterThan(3);
    expect(await rowsOf(world, sale.event.id)).toEqual(ALL_MOVED);
  });

  test('that fails within a batch leaves it undone, and the next one continues', async () => {
    const sale = await pastSale(world, 2007);
    const before = await answersOf(sale);
    const { db } = world.platform;
    await db.execute(sql`
      create function fail_at_place_13() returns trigger language plpgsql as $$
      begin if old.place = 13 then raise exception 'power cut'; end if; return old; end $$`);
    await db.execute(sql`
      create trigger fail_at_place_13 before delete on tickets for each row execute function fail_at_place_13()`);
    const failure = await archiveYear(world, 2007, { batchSize: 10 }).catch((error: Error) => error.cause);
    expect(failure).toMatchObject({ code: 'P0001' });
    const rows = await rowsOf(world, sale.event.id);
    expect(rows).toMatchObject({ tickets: 20, archivedTickets: 20, reservations: 0 });
    expect(await answersOf(sale)).toEqual(before);

    await db.execute(sql`drop trigger fail_at_place_13 on tickets`);
    await archiveYear(world, 2007, { batchSize: 10 });
    expect(await rowsOf(world, sale.event.id)).toEqual(ALL_MOVED);
    expect(await answersOf(sale)).toEqual(before);
  });

  test('beside another one does no harm', async () => {
    const sales = [await pastSale(world, 2008), await pastSale(world, 2008)];
    const before = await Promise.all(sales.map(answersOf));
    const runs = await Promise.all([1, 2, 3].map(() => archiveYear(world, 2008, { batchSize: 3 })));
    for (const { skipped } of runs) expect(skipped).toBe(0);
    const archived = runs.reduce((sum, run) => sum + run.archived, 0);
    expect(archived).toBe(2); // once each
    for (const { event } of sales) expect(await rowsOf(world, event.id)).toEqual(ALL_MOVED);
    expect(await Promise.all(sales.map(answersOf))).toEqual(before);
  });

  test('that comes to an Event after another run says so, and leaves the time of that run', async () => {
    const { platform } = world;
    const ids = [(await pastSale(world, 2012)).event.id, (await pastSale(world, 2012)).event.id].toSorted();
    const later = ids[1]!;
    const [isLocked, firstIsDone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const others = platform.sql.begin(async (tx) => {
      await tx`update events set archiving_since = '2020-01-01Z', archived_at = '2020-01-02Z' where id = ${later}`;
      isLocked.resolve();
      await firstIsDone.promise;
    });
    await isLocked.promise;
    const lines: string[] = [];
    const report = (line: string) => {
      lines.push(line);
      firstIsDone.resolve(); // both were found before
    };
    const result = await archiveYear(world, 2012, { report });
    await others;
    expect(result).toMatchObject({ archived: 1, archivedByOthers: 1, skipped: 0 });
    expect(lines).toEqual([
      expect.stringMatching(`^${ids[0]} The Show: archived 40 tickets`),
      `${later} The Show: archived already, by another run`,
    ]);
    expect(await archivedAt(later)).toBe('2020-01-02T00:00:00.000Z');
  });

  test('that ends after another one of the same Event leaves its time, too', async () => {
    const { id } = (await pastSale(world, 2013)).event;
    await archiveYear(world, 2013);
    await world.platform.sql`update events set archived_at = '2020-01-02Z' where id = ${id}`;
    expect(await inTransaction(world.platform, 'archive.end', (tx) => markArchived(tx, id))).toBe(false);
    expect(await archivedAt(id)).toBe('2020-01-02T00:00:00.000Z');
  });

  test('skips Events with a hold, a payment or a refund under way, and names them', async () => {
    const { db } = world.platform;
    const [held, paying, refunding] = [
      await pastSale(world, 2009),
      await pastSale(world, 2009),
      await pastSale(world, 2009),
    ];
    await db.execute(sql`
      update reservations set status = 'HELD', held_until = now() + interval '1 hour'
      where event_id = ${held.event.id} and status = 'EXPIRED'`);
    await db.execute(sql`
      update bookings set step = 'awaiting_payment', updated_at = now() where event_id = ${paying.event.id}`);
    await db.execute(
      sql`update bookings set refund_status = 'pending' where event_id = ${refunding.event.id}`,
    );
    const { archived, skipped, lines } = await archiveYear(world, 2009);
    expect({ archived, skipped }).toEqual({ archived: 0, skipped: 3 });
    const reasons = Object.fromEntries(lines.map((line) => [line.slice(0, 36), line.slice(47)]));
    expect(reasons).toEqual({
      [held.event.id]: 'skipped: 1 reservations are held, or were not swept yet',
      [paying.event.id]: 'skipped: 1 bookings have a payment or a refund under way',
      [refunding.event.id]: 'skipped: 1 bookings have a payment or a refund under way',
    });
    for (const { event } of [held, paying, refunding])
      expect(await rowsOf(world, event.id)).toMatchObject({ tickets: 40, archivedTickets: 0 });
    await db.execute(
      sql`update bookings set step = 'confirmed', refund_status = null where event_id in (${paying.event.id}, ${refunding.event.id})`,
    );
    await letPass(world, held.event.id, 2009);
    expect(await archiveYear(world, 2009, { maxEvents: 2 })).toMatchObject({ archived: 2, isPartial: true });
    expect(await archiveYear(world, 2009)).toMatchObject({ archived: 1, isPartial: false });
  });

  test('refuses Events whose payments may still change', async () => {
    await expect(archiveYear(world, 2010, { endedBefore: inDays(-29) })).rejects.toThrow(TooRecent);
  });

  test('of Events that are too recent or drafts finds none; a dry run changes nothing', async () => {
    const sale = await pastSale(world, 2011);
    const [command, rest] = ['node', ['src/bin/archive.ts', '--ended-before', '2012-01-01']] as const;
    const environment = { DATABASE_URL: world.databaseUrl };
    const dry = await run(command, [...rest, '--dry-run'], environment);
    expect(dry).toEqual({
      code: 0,
      err: '',
      out: `${sale.event.id} The Show: would be archived\n1 events would be archived, 0 skipped\n`,
    });
    expect(await rowsOf(world, sale.event.id)).toMatchObject({ tickets: 40, archivedTickets: 0 });
    const early = await run(command, ['src/bin/archive.ts', '--ended-before', '2011-01-01'], environment);
    expect(early).toMatchObject({ code: 0, out: '0 events archived, 0 skipped\n' });
    const recent = await run(command, ['src/bin/archive.ts', '--ended-before', '2999-01-01'], environment);
    expect(recent).toMatchObject({ code: 1, out: '' });
    expect(recent.err).toMatch(/^Events that ended after .* are not archived yet\.\nChoose a date/);
    const real = await run(command, rest, environment);
    expect(real.out).toMatch(
      /: archived 40 tickets, 3 reservations and 0 admissions, .*\n1 events archived, 0 skipped\n$/,
    );
    expect(await rowsOf(world, sale.event.id)).toEqual(ALL_MOVED);
  });
});
