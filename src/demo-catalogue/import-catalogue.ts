import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';

import { rebuildVocabulary } from '../catalog/index.ts';
import { ADVISORY_LOCKS } from '../platform/db/advisory-locks.ts';
import type { DbOrTx, Tx } from '../platform/db/pool.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import type { Platform } from '../platform/index.ts';
import { chooseSales, toSaleCandidate, type SaleCandidate } from './choose-sales.ts';
import { createSales, type SaleCounts } from './create-sales.ts';
import { deriveId } from './derive-id.ts';
import { planEvents, type DropReason } from './plan-events.ts';
import { readListings } from './read-listings.ts';
import { readPerformers } from './read-performers.ts';
import { readVenues } from './read-venues.ts';
import { storeEvents, storePerformers, storeVenues } from './store-catalogue.ts';

/** What to load, as of when. */
export interface ImportRequest {
  /** Where the CSV files and seating plans are: `data/`. */
  directory: string;
  /** Events of the past are moved into the 52 weeks after this day; the same day gives the same catalogue. */
  today: Temporal.PlainDate;
  /** Told how much is done, 0 to 1, and what is being done. */
  progress?: (done: number, what: string) => void;
}

/** What an import did. */
export type ImportResult =
  | { outcome: 'ALREADY_LOADED' }
  | {
      outcome: 'LOADED';
      rows: Record<'venues' | 'performers' | 'events' | 'eventPerformers' | keyof SaleCounts, number>;
      /** Events left out, by reason. */
      dropped: Partial<Record<DropReason, number>>;
      seconds: number;
      rowsPerSecond: number;
    };

/** The first Venue of the catalogue: if it is there, all of it is, for it comes in one transaction. */
const FIRST_VENUE = deriveId('venue', 'v00001');
/** About this part of the time goes into reading and storing the lists, the rest into tickets. */
const LISTS_PROGRESS_SHARE = 0.6;

/** Tell whether the catalogue was loaded before. */
export async function isCatalogueLoaded(db: DbOrTx): Promise<boolean> {
  const [row] = await db.execute<{ loaded: boolean }>(sql`
    /* catalog.isCatalogueLoaded */
    select exists (select from venues where id = ${FIRST_VENUE}) as loaded`);
  return row?.loaded === true;
}

/**
 * Load the demo catalogue: Venues, Performers, Events with their bills, and some two hundred Events on sale, by COPY in
 * one transaction: after a crash half way nothing is there. Several may call this at once: one works, the others
 * wait and find it done. Needs an empty catalogue only in so far as its own rows must not be there.
 */
export async function importCatalogue(
  platform: Pick<Platform, 'db' | 'metrics'>,
  request: ImportRequest,
): Promise<ImportResult> {
  const began = performance.now();
  const loaded = await inTransaction(platform, 'catalog.importCatalogue', async (tx) => {
    await lockForImport(tx);
    return (await isCatalogueLoaded(tx)) ? null : loadCatalogue(tx, request);
  });
  if (loaded === null) return { outcome: 'ALREADY_LOADED' };
  await analyze(platform.db);
  const seconds = (performance.now() - began) / 1_000;
  const total = Object.values(loaded.rows).reduce((sum, count) => sum + count, 0);
  return { outcome: 'LOADED', ...loaded, seconds, rowsPerSecond: Math.round(total / seconds) };
}

async function loadCatalogue(
  tx: Tx,
  request: ImportRequest,
): Promise<Pick<ImportResult & { outcome: 'LOADED' }, 'rows' | 'dropped'>> {
  const { directory: path, today, progress = () => {} } = request;
  const bytes = await totalListBytes(path);
  let read = 0;
  const directory = {
    path,
    read: (chunk: number) => {
      read += chunk;
      progress(Math.min(1, read / bytes) * LISTS_PROGRESS_SHARE, 'reading the catalogue');
    },
  };
  const places = await readVenues(directory, today);
  const venues = await storeVenues(tx, places.venues.values());
  const cast = await readPerformers(directory);
  const performers = await storePerformers(tx, cast.performers);

  const dropped: Partial<Record<DropReason, number>> = {};
  const planned = planEvents(readListings(directory, cast), places, cast, today, (reason) => {
    dropped[reason] = (dropped[reason] ?? 0) + 1;
  });
  const candidates: SaleCandidate[] = [];
  const stored = await storeEvents(tx, planned, (event) => {
    const candidate = toSaleCandidate(event);
    if (candidate !== null) candidates.push(candidate);
  });
  await rebuildVocabulary(tx);
  await mergePending(tx);

  const sales = chooseSales(candidates, today);
  const expected = sales.reduce((sum, sale) => sum + sale.capacity, 0);
  let made = 0;
  const sold = await createSales(tx, sales, path, (tickets) => {
    made += tickets;
    progress(
      LISTS_PROGRESS_SHARE + Math.min(1, made / expected) * (1 - LISTS_PROGRESS_SHARE),
      'putting tickets on sale',
    );
  });
  progress(1, 'done');
  return { rows: { venues, performers, ...stored, ...sold }, dropped };
}

/** Take the import lock, and allow this transaction what is too long for a request. */
async function lockForImport(tx: Tx): Promise<void> {
  for (const setting of [
    `statement_timeout = 0`,
    `lock_timeout = 0`, // a second importer waits for the first
    `idle_in_transaction_session_timeout = 0`, // laying out a stadium takes its time
  ]) {
    await tx.execute(sql.raw(`set local ${setting}`));
  }
  await tx.execute(
    sql`/* catalog.importCatalogue */ select pg_advisory_xact_lock(${ADVISORY_LOCKS.demoCatalogue})`,
  );
}

/** Sort what still waits in the lists before the text indexes into them, for every search reads those lists to the end. */
async function mergePending(tx: Tx): Promise<void> {
  for (const index of [
    'venues_by_folded',
    'performers_by_folded',
    'events_by_words',
    'event_words_by_trigram',
  ]) {
    await tx.execute(sql`/* catalog.mergePending */ select gin_clean_pending_list(${index}::regclass)`);
  }
}

/** Tell the planner what is there now, rather than when autovacuum comes by. */
async function analyze(db: DbOrTx): Promise<void> {
  await db.execute(sql`
    /* catalog.importCatalogue.analyze */
    analyze venues, performers, events, event_words, event_performers, seating_plans, price_tiers, tickets`);
}

async function totalListBytes(path: string): Promise<number> {
  const files = (await readdir(path)).filter(
    (file) => file.endsWith('.csv') && file !== 'events-conferences.csv',
  );
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(path, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
