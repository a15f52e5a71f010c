import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';

import { collectWords } from '../catalog/index.ts';
import { ADVISORY_LOCKS } from '../platform/db/advisory-locks.ts';
import type { DbOrTx, Tx } from '../platform/db/pool.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import type { Platform } from '../platform/index.ts';
import { deriveId } from './derive-id.ts';
import { buildEvents, type DropReason } from './events/build-events.ts';
import type { DataDirectory } from './read/read-csv.ts';
import { readListings } from './read/read-listings.ts';
import { readPerformers } from './read/read-performers.ts';
import { readVenues } from './read/read-venues.ts';
import { chooseSales, toSaleCandidate, type SaleCandidate } from './sales/choose-sales.ts';
import { createSales, type SaleCounts } from './sales/create-sales.ts';
import { insertEvents, insertPerformers, insertVenues } from './store/store-catalogue.ts';

export interface ImportRequest {
  /** Directory of the CSV files and seating plans: `data/`. */
  directory: string;
  /** Past Events are moved into the 52 weeks after this day; the same day gives the same catalogue. */
  today: Temporal.PlainDate;
  /** Called with the completed share, 0 to 1, and the current step. */
  onProgress?: (done: number, step: string) => void;
}

export type ImportResult =
  | { outcome: 'ALREADY_LOADED' }
  | {
      outcome: 'LOADED';
      rows: Record<'venues' | 'performers' | 'events' | 'eventPerformers' | keyof SaleCounts, number>;
      /** Dropped listings, by reason. */
      dropped: Partial<Record<DropReason, number>>;
      seconds: number;
      rowsPerSecond: number;
    };

/** First Venue of the catalogue: if it exists, the import is complete, since it is one transaction. */
const FIRST_VENUE = deriveId('venue', 'v00001');
/** Share of the duration for reading and storing the lists; the rest is for tickets. */
const LISTS_PROGRESS_SHARE = 0.6;

/** Whether the catalogue has been imported. */
export async function isCatalogueLoaded(db: DbOrTx): Promise<boolean> {
  const {
    rows: [row],
  } = await db.execute<{ loaded: boolean }>(sql`
    /* catalog.isCatalogueLoaded */
    select exists (select 1 from venues where id = ${FIRST_VENUE}) as loaded`);
  return row?.loaded === true;
}

/**
 * Import the demo catalogue: Venues, Performers, Events with lineups, and some 200 Events on sale.
 *
 * One transaction with COPY: a crash leaves no rows. An advisory lock serialises concurrent calls, and all but the
 * first return ALREADY_LOADED. Other rows in the catalogue do not conflict.
 */
export async function importCatalogue(
  platform: Pick<Platform, 'db' | 'metrics'>,
  request: ImportRequest,
): Promise<ImportResult> {
  const startedAt = performance.now();
  const loaded = await inTransaction(platform, 'catalog.importCatalogue', async (tx) => {
    await lockForImport(tx);
    return (await isCatalogueLoaded(tx)) ? null : loadCatalogue(tx, request);
  });
  if (loaded === null) return { outcome: 'ALREADY_LOADED' };
  await analyze(platform.db);
  const seconds = (performance.now() - startedAt) / 1_000;
  const total = Object.values(loaded.rows).reduce((sum, count) => sum + count, 0);
  return { outcome: 'LOADED', ...loaded, seconds, rowsPerSecond: Math.round(total / seconds) };
}

async function loadCatalogue(
  tx: Tx,
  request: ImportRequest,
): Promise<Pick<ImportResult & { outcome: 'LOADED' }, 'rows' | 'dropped'>> {
  const { directory: path, today, onProgress = () => {} } = request;
  const totalBytes = await totalListBytes(path);
  let bytesRead = 0;
  const directory: DataDirectory = {
    path,
    onBytesRead: (bytes) => {
      bytesRead += bytes;
      onProgress(Math.min(1, bytesRead / totalBytes) * LISTS_PROGRESS_SHARE, 'reading the catalogue');
    },
  };
  const venueIndex = await readVenues(directory, today);
  const venues = await insertVenues(tx, venueIndex.venues.values());
  const performerIndex = await readPerformers(directory);
  const performers = await insertPerformers(tx, performerIndex.performers);

  const dropped: Partial<Record<DropReason, number>> = {};
  const planned = buildEvents(
    readListings(directory, performerIndex),
    venueIndex,
    performerIndex,
    today,
    (reason) => {
      dropped[reason] = (dropped[reason] ?? 0) + 1;
    },
  );
  const candidates: SaleCandidate[] = [];
  const words = collectWords();
  const stored = await insertEvents(tx, planned, (event) => {
    const candidate = toSaleCandidate(event);
    if (candidate !== null) candidates.push(candidate);
    words.add(event.texts);
  });
  await words.insert(tx);
  await mergePendingLists(tx);

  const sales = chooseSales(candidates, today);
  const expectedTickets = sales.reduce((sum, sale) => sum + sale.capacity, 0);
  let ticketsCreated = 0;
  const saleCounts = await createSales(tx, sales, path, (tickets) => {
    ticketsCreated += tickets;
    onProgress(
      LISTS_PROGRESS_SHARE + Math.min(1, ticketsCreated / expectedTickets) * (1 - LISTS_PROGRESS_SHARE),
      'putting tickets on sale',
    );
  });
  onProgress(1, 'done');
  return { rows: { venues, performers, ...stored, ...saleCounts }, dropped };
}

/** Acquire the import lock, and disable the timeouts, which are meant for requests. */
async function lockForImport(tx: Tx): Promise<void> {
  for (const setting of [
    `statement_timeout = 0`,
    `lock_timeout = 0`, // a second importer waits for the first
    `idle_in_transaction_session_timeout = 0`, // generating layouts takes seconds without a statement
  ]) {
    await tx.execute(sql.raw(`set local ${setting}`));
  }
  await tx.execute(
    sql`/* catalog.importCatalogue */ select pg_advisory_xact_lock(${ADVISORY_LOCKS.demoCatalogue})`,
  );
}

/** Merge the pending lists of the GIN indexes: every search scans them in full. */
async function mergePendingLists(tx: Tx): Promise<void> {
  for (const index of [
    'venues_by_folded',
    'performers_by_folded',
    'events_by_words',
    'events_by_document',
    'event_words_by_trigram',
  ]) {
    await tx.execute(sql`/* catalog.mergePending */ select gin_clean_pending_list(${index}::regclass)`);
  }
}

/** Update planner statistics now, instead of waiting for autovacuum. */
async function analyze(db: DbOrTx): Promise<void> {
  await db.execute(sql`
    /* catalog.importCatalogue.analyze */
    analyze venues, performers, events, event_words, event_performers, seating_plans, price_tiers, tickets`);
}

async function totalListBytes(path: string): Promise<number> {
  const files = (await readdir(path)).filter((file) => file.endsWith('.csv'));
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(path, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
