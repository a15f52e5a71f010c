import { sql } from 'drizzle-orm';

import { archiveEvents } from '../../src/app/cli/archive-events.ts';
import { deleteOldRows } from '../../src/app/worker/retention.ts';
import { expireReservations, refreshUncounted, StockKeeper } from '../../src/booking/index.ts';
import { fillDocuments, reportUnreadableEvents } from '../../src/catalog/index.ts';
import { importCatalogue } from '../../src/demo-catalogue/index.ts';
import {
  backfillLedger,
  openReconciliation,
  reconcile,
  recoverCheckouts,
  reportAlarms,
  reportOverdue,
  resumeCancelling,
  sweepRefunds,
} from '../../src/payments/index.ts';
import { openPool } from '../../src/platform/db/pool.ts';
import { ensureSlot, nameGeneration } from '../../src/platform/db/replication-slot.ts';
import { measureSlot } from '../../src/platform/db/replication.ts';
import { refreshSuggestions } from '../../src/search/index.ts';
import { listing, venue, writeCatalogue } from '../demo-catalogue/catalogue-fixture.ts';
import { until } from '../support/checkout-world.ts';
import { reserved, runOut } from '../support/holds.ts';
import { ORGANISER } from '../support/seed.ts';
import { plantSettledRoom } from '../waiting-room/admissions.ts';
import { fan } from './journey-buyers.ts';
import type { JourneyWorld } from './journey-world.ts';

/** What runs without a request: sweeps, jobs, the change feed, readiness, the importer. */
export async function workerJourney(world: JourneyWorld): Promise<void> {
  const { platform } = world;
  const { id, event } = await world.onSale({ seats: 20 });
  const overdue = await reserved(await world.as(fan()), event, { places: [3, 4] });
  await runOut(platform.db, overdue);
  await expireReservations(platform);
  const keeper = new StockKeeper(() => Infinity);
  keeper.noteChanges([id]);
  await keeper.refreshDue(platform);
  await refreshUncounted(platform);
  await refreshSuggestions(platform);
  await recoverCheckouts({ platform });
  await resumeCancelling({ platform });
  await sweepRefunds({ platform });
  await reportOverdue({ platform, alarm: async () => {} });
  await reportAlarms(platform);
  await compareWithStripe(world);
  await reportUnreadableEvents(platform.db);
  await fillDocuments(platform);
  await platform.db.transaction((tx) => deleteOldRows.enqueue(tx, null, {}));
  await until(async () => {
    const { rows } = await platform.db.execute(
      sql`select from graphile_worker.jobs where task_identifier = ${deleteOldRows.name}`,
    );
    if (rows.length > 0) throw new Error('not done yet');
  });
  const slot = await ensureSlot(platform.db, ['onsale_realtime']);
  await nameGeneration(platform.db, slot.name); // as after a reconnect: it has a name
  await nameGeneration(platform.db, slot.name);
  await measureSlot(platform, 'onsale_realtime');
  const readiness = await fetch(`${world.url}/readyz`);
  if (readiness.status !== 200) throw new Error(`not ready: ${await readiness.text()}`);
  await archivePast(world);
  await importTwice(world);
}

/** The backfill of the ledger, and the comparison of the last hour with Stripe. */
async function compareWithStripe({ platform, emulator }: JourneyWorld): Promise<void> {
  const { secretKey, webhookSecret, url: apiUrl } = emulator;
  const parts = openReconciliation(platform, { secretKey, webhookSecret, apiUrl });
  await backfillLedger(parts);
  const hour = 60 * 60 * 1_000;
  const span = { from: new Date(Date.now() - hour), to: new Date(Date.now() + hour) };
  await reconcile(parts, span, async () => {});
  await reconcile(parts, span, async () => {}, { record: true });
}

/** The oldest Event of all is archived in several batches; its buyer and its organiser read it afterwards. */
async function archivePast(world: JourneyWorld): Promise<void> {
  const { platform } = world;
  const { id, event, ticket } = await world.onSale({ seats: 20 });
  const name = fan();
  const client = await world.as(name);
  const reservation = await reserved(client, event, { places: [3, 4] });
  await platform.db.execute(sql`
    update reservations set status = 'EXPIRED' where event_id = ${id} and status = 'HELD'`);
  await platform.db.execute(sql`
    update tickets set status = 'AVAILABLE', reservation_id = null, held_until = null where event_id = ${id}`);
  await platform.db.execute(
    sql`update events set starts_at = '1990-01-01Z', sale_ends_at = null where id = ${id}`,
  );
  await plantSettledRoom(platform.db, id, 3);
  const { archived } = await archiveEvents(platform, {
    endedBefore: new Date('1990-02-01Z'),
    batchSize: 5_000,
    maxEvents: 1,
    report: () => {},
  });
  if (archived !== 1) throw new Error('nothing was archived');
  await client.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [reservation.id, ticket(3)] });
  await (
    await world.as(ORGANISER, 'ORGANISER')
  ).ask('query ($event: ID!) { waitingRoom(event: $event) { admissions { nodes { number } } } }', { event });
}

async function importTwice({ databaseUrl, platform: { metrics } }: JourneyWorld): Promise<void> {
  await using pool = openPool(databaseUrl, 1); // the pool of a server pipelines, which rules out COPY
  const platform = { db: pool.db, metrics };
  await using catalogue = await writeCatalogue({
    'venues.csv': [venue('v00001', 'Massey Hall')],
    'events-toronto.csv': [listing('e1', 'Gala', '2026-12-01T20:00:00-05:00', { venue_id: 'v00001' })],
  });
  const request = { directory: catalogue.path, today: Temporal.PlainDate.from('2026-11-21') };
  await importCatalogue(platform, request);
  await importCatalogue(platform, request);
}
