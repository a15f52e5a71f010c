import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DATA = new URL('../../data/', import.meta.url);

/** Columns of each list, in its order. */
const EVENTS = 'id,name,starts_at,timezone,category,genre,series,venue_id,venue';
const HEADERS = {
  'venues.csv':
    'id,name,aliases,kind,city,region,country,country_code,lat,lng,geo,timezone,capacity,wikidata,sources',
  'performers.csv': 'id,name,kind,genre,role,country_code,appearances,sources',
  'events-nyphil.csv': `${EVENTS},performer_ids,description`,
  'events-gratefuldead.csv': `${EVENTS},performer_ids,description`,
  'events-toronto.csv':
    'id,name,starts_at,ends_at,timezone,category,genre,series,venue_id,venue,performer_ids,description,price_min,price_max,currency',
  'events-sports.csv': `${EVENTS},city,country_code,lat,lng,performer_ids,description`,
  'events-conferences.csv':
    'id,name,starts_on,ends_on,timezone,category,topics,city,region,country,country_code,lat,lng,also_online',
} as const;
type File = keyof typeof HEADERS;

/** Rows by file and column; an absent column is empty. */
export type Fixture = Partial<Record<File, Record<string, string>[]>>;

/** Write a catalogue directory with the given rows and the two bundled seating plans. */
export async function writeCatalogue(rows: Fixture): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'onsale-catalogue-'));
  for (const [file, header] of Object.entries(HEADERS)) {
    const lines = (rows[file as File] ?? []).map((row) =>
      header
        .split(',')
        .map((column) => `"${(row[column] ?? '').replaceAll('"', '""')}"`)
        .join(','),
    );
    await writeFile(join(path, file), [header, ...lines, ''].join('\n'));
  }
  await mkdir(join(path, 'seating-plans'));
  for (const plan of ['two-level-theatre-738.json', 'concert-hall-blocks.json']) {
    await copyFile(new URL(`seating-plans/${plan}`, DATA), join(path, 'seating-plans', plan));
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A row of venues.csv. */
export const venue = (id: string, name: string, more: Record<string, string> = {}) => ({
  id,
  name,
  kind: 'hall',
  city: 'Toronto',
  country: 'Canada',
  country_code: 'CA',
  lat: '43.7',
  lng: '-79.4',
  timezone: 'America/Toronto',
  ...more,
});

/** A row of performers.csv. */
export const team = (id: string, name: string, country_code = 'GB') => ({
  id,
  name,
  kind: 'team',
  genre: 'Football',
  role: 'club',
  country_code,
});

/** A row of any list of Events. */
export const listing = (id: string, name: string, starts_at: string, more: Record<string, string> = {}) => ({
  id,
  name,
  starts_at,
  timezone: 'America/Toronto',
  category: 'concert',
  genre: 'Music',
  venue_id: 'v1',
  ...more,
});
