import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';

import { importCatalogue } from '../../../src/demo-catalogue/index.ts';
import { openPool, type Db, type Pool } from '../../../src/platform/db/pool.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { MAX_EVENTS_PER_READ, readDocuments } from '../../../src/search/documents/read-documents.ts';
import { listEventIds } from '../../../src/search/indexing/event-ids.ts';
import { DATA } from '../../demo-catalogue/plan-year.ts';
import { cloneDatabase } from '../../support/database.ts';
import type { Sample } from './draw-input.ts';

/** One listing in ten: some 2,900 Events, with all Venues and Performers. */
const SHARE = 10;

/** A database with a slice of the demo catalogue. */
export interface Catalogue extends AsyncDisposable {
  pool: Pool;
  samples: Sample[];
  /** The search documents of all Events, as they are indexed. */
  readDocuments(): Promise<{ id: string; version: number }[]>;
}

export async function openCatalogue(): Promise<Catalogue> {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await cloneDatabase());
  const pool = opening.use(openPool(url, 4));
  const directory = await mkdtemp(join(tmpdir(), 'onsale-slice-'));
  opening.defer(() => rm(directory, { recursive: true, force: true }));
  await writeSlice(directory);
  const today = Temporal.Now.plainDateISO('UTC');
  await importCatalogue({ db: pool.db, metrics: openMetrics() }, { directory, today });
  const samples = await readSamples(pool.db);
  const owned = opening.move();
  return {
    pool,
    samples,
    readDocuments: () => readAllDocuments(pool.db),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function writeSlice(directory: string): Promise<void> {
  for (const name of await readdir(DATA)) {
    if (!name.startsWith('events-')) {
      await symlink(join(DATA, name), join(directory, name));
      continue;
    }
    const [header, ...lines] = (await readFile(join(DATA, name), 'utf8')).split('\n');
    const slice = lines.filter((_line, at) => at % SHARE === 0);
    await writeFile(join(directory, name), [header, ...slice, ''].join('\n'));
  }
}

async function readSamples(db: Db): Promise<Sample[]> {
  const { rows } = await db.execute<Record<keyof Sample, never>>(sql`
    /* test.readSamples */
    select e.name, e.description, e.category, e.genre, e.city, e.country_code as "countryCode", e.venue_id as "venueId",
      v.name as "venueName", p.id as "performerId", p.name as "performerName", e.latitude, e.longitude,
      e.starts_at as "startsAt", e.currency, coalesce(e.lowest_price_minor, e.lowest_price)::float8 as "lowestPrice"
    from events e left join venues v on v.id = e.venue_id
    left join lateral (
      select p.* from event_performers l join performers p on p.id = l.performer_id where l.event_id = e.id
      order by l.position limit 1
    ) p on true
    order by e.id`);
  return rows.map((row) => ({ ...row, startsAt: new Date(row.startsAt) }));
}

async function readAllDocuments(db: Db): Promise<{ id: string; version: number }[]> {
  const all = [];
  let after: string | null = null;
  do {
    const page = await listEventIds(db, after, MAX_EVENTS_PER_READ);
    const { documents, failed } = await readDocuments(db, page.ids);
    if (failed.length > 0) throw new Error(failed[0]!.reason);
    all.push(...documents.map(({ version, document }) => ({ ...document, version })));
    after = page.next;
  } while (after !== null);
  return all;
}
