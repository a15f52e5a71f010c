import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { refreshSearchText } from '../../src/catalog/store/search-text.ts';
import {
  importCatalogue,
  isCatalogueLoaded,
  type ImportResult,
} from '../../src/demo-catalogue/import-catalogue.ts';
import { chargeLimits, priceProblem } from '../../src/platform/charge-limits.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { openPool, type Pool } from '../../src/platform/db/pool.ts';
import { openMetrics } from '../../src/platform/telemetry/metrics.ts';
import { onlyEngine, openPostgresBrowse, openPostgresSearch } from '../../src/search/index.ts';
import { searchEvents } from '../../src/search/search-events.ts';
import { labelOfPlace } from '../../src/seating-plan/place-label.ts';
import { cloneDatabase } from '../support/database.ts';
import { ownPostgres } from '../support/own-postgres.ts';
import { listing, team, venue, writeCatalogue, type Fixture } from './catalogue-fixture.ts';
import { DATA, planYear } from './plan-year.ts';

const TODAY = Temporal.PlainDate.from('2026-11-21');

async function openDatabase(clone: () => Promise<{ url: string } & AsyncDisposable> = cloneDatabase) {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await clone());
  const pool: Pool = opening.use(openPool(url, 4));
  const owned = opening.move();
  return {
    platform: { db: pool.db, metrics: openMetrics() },
    sql: pool.sql,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** A server of its own: the import is one long transaction, which delays the creation of replication slots. */
async function ownServer() {
  const server = await ownPostgres();
  await migrate(server.url);
  return server;
}

type Database = Awaited<ReturnType<typeof openDatabase>>;

describe('the demo catalogue', () => {
  let database: Database;
  let result: ImportResult & { outcome: 'LOADED' };
  const reported: number[] = [];

  beforeAll(async () => {
    database = await openDatabase(ownServer);
    const onProgress = (done: number) => reported.push(done);
    const answer = await importCatalogue(database.platform, {
      directory: DATA,
      today: TODAY,
      onProgress,
    });
    if (answer.outcome !== 'LOADED') throw new Error('the database was not empty');
    result = answer;
  }, 180_000);
  afterAll(() => database[Symbol.asyncDispose]());

  test('is complete, and the import reports its row counts', async () => {
    const [counted] = await database.sql`
      select (select count(*)::int from venues) as venues, (select count(*)::int from performers) as performers,
        (select count(*)::int from events) as events,
        (select count(*)::int from event_performers) as "eventPerformers",
        (select count(*)::int from seating_plans) as "seatingPlans",
        (select count(*)::int from price_tiers) as "priceTiers", (select count(*)::int from tickets) as tickets`;
    expect(counted).toEqual(result.rows);
    expect(result.rows).toMatchObject({ venues: 9_681, performers: 12_352, events: 33_944 });
    expect(result.dropped).toEqual({ 'online venue': 5, duplicate: 20, 'time zone unknown': 85 });
    expect(result.rowsPerSecond).toBeGreaterThan(0);
  });

  test('reports monotonic progress up to 1', () => {
    expect(reported[0]).toBeLessThan(0.1); // reading the lists
    expect(reported).toEqual(reported.toSorted((a, b) => a - b));
    expect(reported.at(-1)).toBe(1);
  });

  test('lies in the coming year', async () => {
    const [range] = await database.sql`
      select extract(epoch from min(starts_at))::float8 * 1000 as first,
        extract(epoch from max(starts_at))::float8 * 1000 as last
      from events`;
    expect(range!['first']).toBeGreaterThan(Date.parse('2026-11-21T12:00Z'));
    expect(range!['last']).toBeLessThan(Date.parse('2027-11-22T00:00Z'));
  });

  test('has the same search text as if written by organisers', async () => {
    const changed = await database.platform.db.transaction(async (tx) => {
      await tx.execute('set local statement_timeout = 0');
      return refreshSearchText(tx, 'all');
    });
    expect(changed).toBe(0);
    const [different] = await database.sql`
      select count(*)::int as events from events e join venues v on v.id = e.venue_id
      where (e.city, e.country_code, e.timezone) is distinct from (v.city, v.country_code, v.timezone)`;
    expect(different).toEqual({ events: 0 });
  });

  test('has 200 events of all sizes on sale, one of at least 60,000 places', async () => {
    const sold = await database.sql<{ places: number; tickets: number; tiers: number; standing: boolean }[]>`
      select p.places, (select count(*)::int from tickets t where t.event_id = e.id) as tickets,
        (select count(*)::int from price_tiers t where t.event_id = e.id) as tiers,
        p.layout @> '{"sections": [{"kind": "GENERAL_ADMISSION"}]}' as standing
      from events e join seating_plans p on p.id = e.seating_plan_id where e.status = 'ON_SALE'`;
    expect(sold).toHaveLength(200);
    expect(sold.every(({ places, tickets }) => places === tickets)).toBe(true);
    expect(sold.every(({ tiers }) => tiers > 0)).toBe(true);
    expect(Math.max(...sold.map(({ places }) => places))).toBeGreaterThanOrEqual(60_000);
    expect(Math.min(...sold.map(({ places }) => places))).toBeLessThan(300);
    expect(sold.filter(({ standing }) => standing).length).toBeGreaterThan(20);
    expect(sold.map(({ places }) => places)).toEqual(expect.arrayContaining([738, 1_450]));
  });

  test('has prices that can be paid', async () => {
    const prices = await database.sql<{ currency: string; amount: number; limit: number }[]>`
      select e.currency, t.amount_minor::float8 as amount, e.ticket_limit as limit
      from price_tiers t join events e on e.id = t.event_id`;
    expect(prices.length).toBeGreaterThan(200);
    expect(
      prices.filter(({ currency, amount, limit }) => priceProblem(amount, currency, limit) !== null),
    ).toEqual([]);
    expect(prices.filter(({ currency }) => chargeLimits(currency) === null)).toEqual([]);
  });

  test('is deterministic for a day', { timeout: 180_000 }, async () => {
    const again = await planYear(TODAY);
    const stored = await database.sql`
      select id, extract(epoch from starts_at)::float8 * 1000 as starts, status from events`;
    expect(new Map(stored.map(({ id, starts }) => [id, starts]))).toEqual(again.starts);
    const sold = stored.filter(({ status }) => status === 'ON_SALE').map(({ id }) => id);
    expect(sold.toSorted()).toEqual(again.sales.map(({ eventId }) => eventId).toSorted());
  });

  test('gives each ticket the tier of its place in the plan', async () => {
    const plans = await database.sql`
      select e.id, p.layout from events e join seating_plans p on p.id = e.seating_plan_id
      where p.places between 500 and 2000 order by e.id limit 5`;
    expect(plans.length).toBe(5);
    for (const { id, layout } of plans) {
      const tickets =
        await database.sql`select place, tier from tickets where event_id = ${id} order by place`;
      const tiers = tickets.map(({ place }) => labelOfPlace(layout, place)?.category);
      expect(tickets.map(({ tier }) => tier)).toEqual(tiers);
    }
  });

  test('is imported only once', async () => {
    expect(await isCatalogueLoaded(database.platform.db)).toBe(true);
    const again = await importCatalogue(database.platform, { directory: DATA, today: TODAY });
    expect(again).toEqual({ outcome: 'ALREADY_LOADED' });
  });

  test('has a point for each Event whose city has a Venue with one', async () => {
    const [row] = await database.sql`
      select count(*)::int as events from events e where latitude is null and exists (
        select 1 from venues v where v.city = e.city and v.country_code = e.country_code and v.latitude is not null)`;
    expect(row).toEqual({ events: 0 });
  });

  describe('once it is current,', () => {
    beforeAll(async () => {
      const days = TODAY.until(Temporal.Now.plainDateISO('UTC')).total('days');
      await database.sql`
        update events set starts_at = starts_at + ${days} * interval '1 day', ends_at = ends_at + ${days} * interval '1 day'`;
    });

    const searched = async (term: string) =>
      searchEvents(
        onlyEngine(openPostgresSearch(database.platform.db), openPostgresBrowse(database.platform.db)),
        {
          input: { term, sort: 'RELEVANCE' },
          first: 20,
        },
      );
    const countOf = async (term: string) => (await searched(term)).countAll();

    test.each([
      ['rhapsody in blue', 58],
      ['scheherazade', 80],
      ['grateful', 2_364],
      ['grateful d', 2_363],
      ['grateful de', 2_363],
    ])('%s is found %i times', async (term, count) => {
      expect(await countOf(term)).toBe(count);
    });

    test.each([
      ['carnegie hall tickets', { venue: 'Carnegie Hall' }],
      ['bach and mozart', { name: expect.stringMatching(/Bach.*Mozart|Mozart.*Bach/) }],
      ['arsenal v chelsea', { name: expect.stringMatching(/Arsenal.*Chelsea|Chelsea.*Arsenal/) }],
      ['new york philharmonic in central park', { venue: expect.stringContaining('Central Park') }],
      ['firebird', { description: expect.stringContaining('Firebird') }],
      ['roma', { name: expect.stringMatching(/\bRoma\b/) }],
      ['gothenburg', { city: 'Göteborg' }],
      ['munich', { city: 'München' }],
      ['rubyconf', { name: expect.stringContaining('RubyConf') }],
    ])('%s finds first what is meant', async (term, expected) => {
      const [hit] = (await searched(term)).nodes;
      const [row] = await database.sql`
        select e.name, e.city, e.description, v.name as venue from events e left join venues v on v.id = e.venue_id
        where e.id = ${hit!.eventId}`;
      expect({ ...row, matched: hit!.matched }).toMatchObject({ ...expected, matched: 'EXACT' });
    });

    test('a city is found by each of its names', async () => {
      const [munich, muenchen, munchen] = await Promise.all(
        ['munich', 'muenchen', 'munchen'].map((city) => countOf(`${city} event`)),
      );
      const [row] =
        await database.sql`select count(*)::int as events from events where folded_city = 'munchen'`;
      expect(munich).toBeGreaterThanOrEqual(row!['events']);
      expect(muenchen).toBe(munich);
      expect(munchen).toBeGreaterThan(munich!); // matches of its clubs elsewhere, too
    });
  });
});

const SMALL: Fixture = {
  'venues.csv': [
    venue('v00001', 'Back\\slash\tTab "Hall"', { kind: 'theatre', aliases: 'One|Two, "three" {four} \\' }),
    venue('v2', 'Club', { kind: 'club' }),
  ],
  'performers.csv': [team('p1', 'Line\nBreak FC')],
  'events-gratefuldead.csv': [
    listing('a', 'One', '1985-01-12T20:00', { venue_id: 'v00001', performer_ids: 'p1', description: '\\N' }),
    listing('b', 'Two', '1985-02-12T20:00', { venue_id: 'v2' }),
  ],
};

describe('a small catalogue', () => {
  test('keeps all characters of its text', async () => {
    await using database = await openDatabase();
    await using catalogue = await writeCatalogue(SMALL);
    const result = await importCatalogue(database.platform, {
      directory: catalogue.path,
      today: TODAY,
    });
    expect(result).toMatchObject({
      outcome: 'LOADED',
      rows: { venues: 2, performers: 1, events: 2, seatingPlans: 2 },
    });
    expect(await database.sql`select name, aliases from venues where kind = 'theatre'`).toMatchObject([
      { name: 'Back\\slash\tTab "Hall"', aliases: ['One', 'Two, "three" {four} \\'] },
    ]);
    expect(await database.sql`select name from performers`).toMatchObject([{ name: 'Line\nBreak FC' }]);
    expect(await database.sql`select description, status from events where name = 'One'`).toMatchObject([
      { description: '\\N', status: 'ON_SALE' },
    ]);
  });

  test('leaves no rows after a failure half way, and can be imported afterwards', async () => {
    await using database = await openDatabase();
    await using catalogue = await writeCatalogue(SMALL);
    const failing = importCatalogue(database.platform, {
      directory: catalogue.path,
      today: TODAY,
      // called after each of two sales: the first is written, the second is not
      onProgress: (_done, step) => {
        if (step === 'putting tickets on sale') throw new Error('pulled the plug');
      },
    });
    await expect(failing).rejects.toThrow('pulled the plug');
    const [left] = await database.sql`
      select (select count(*) from venues) + (select count(*) from events) + (select count(*) from tickets) as rows`;
    expect(Number(left!['rows'])).toBe(0);

    const again = await importCatalogue(database.platform, {
      directory: catalogue.path,
      today: TODAY,
    });
    expect(again.outcome).toBe('LOADED');
  });

  test('leaves no rows if a list is invalid, and reports the row', async () => {
    await using database = await openDatabase();
    await using catalogue = await writeCatalogue({
      ...SMALL,
      'events-sports.csv': [listing('c', 'Three', 'some day in May', { venue_id: 'v2' })],
    });
    const failing = importCatalogue(database.platform, {
      directory: catalogue.path,
      today: TODAY,
    });
    await expect(failing).rejects.toThrow('event c, some day in May, America/Toronto');
    expect(await isCatalogueLoaded(database.platform.db)).toBe(false);
    expect(await database.sql`select 1 from performers`).toHaveLength(0);
  });

  test('is imported by one of two concurrent importers', async () => {
    await using database = await openDatabase();
    await using catalogue = await writeCatalogue(SMALL);
    const request = { directory: catalogue.path, today: TODAY };
    const results = await Promise.all([
      importCatalogue(database.platform, request),
      importCatalogue(database.platform, request),
    ]);
    expect(results.map((result) => result.outcome).toSorted()).toEqual(['ALREADY_LOADED', 'LOADED']);
    expect(await database.sql`select 1 from events`).toHaveLength(2);
  });
});
