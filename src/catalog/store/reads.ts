import { and, asc, desc, eq, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';

import { amountColumns, int4OrNull, readAmount } from '../../platform/db/amount-columns.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { readInstant } from '../../platform/instant-column.ts';
import { eventPerformers, events, performers, priceTiers, seatingPlans, venues } from '../tables.ts';

export type VenueRow = typeof venues.$inferSelect;
export type PerformerRow = typeof performers.$inferSelect;
/** A row of `events` without the columns that only search reads. */
export type EventRow = Omit<
  typeof events.$inferSelect,
  'searchText' | 'searchWords' | 'searchDocument' | 'lowestPrice32' | 'highestPrice32'
>;
/** A row of `seating_plans` with its layout, up to 3 MB. */
export type SeatingPlanRow = typeof seatingPlans.$inferSelect;
/** A row of `seating_plans` without its layout, which is loaded on demand. */
export type SeatingPlanHead = Omit<SeatingPlanRow, 'layout'>;
/** A row of `price_tiers` with its Event's currency. */
export interface PricedTier {
  eventId: string;
  tier: number;
  name: string;
  amount: number;
  currency: string;
}

const {
  searchText: _searchText,
  searchWords: _searchWords,
  searchDocument: _searchDocument,
  lowestPrice32,
  highestPrice32,
  ...withoutSearch
} = getTableColumns(events);

export const eventColumns = {
  ...withoutSearch,
  lowestPrice: readAmount(events.lowestPrice, lowestPrice32) as SQL<number | null>,
  highestPrice: readAmount(events.highestPrice, highestPrice32) as SQL<number | null>,
};

/** SQL expression: the price of a tier. */
export const priceOfTier = readAmount(priceTiers.amount, priceTiers.amount32);

/** Read Venues by id, in any order. */
export const readVenues = (db: DbOrTx, ids: readonly string[]): Promise<VenueRow[]> =>
  named(db, 'catalog.readVenues')
    .select()
    .from(venues)
    .where(inArray(venues.id, [...ids]));

/** Read Performers by id, in any order. */
export const readPerformers = (db: DbOrTx, ids: readonly string[]): Promise<PerformerRow[]> =>
  named(db, 'catalog.readPerformers')
    .select()
    .from(performers)
    .where(inArray(performers.id, [...ids]));

/** Read Events by id, in any order. */
export const findEvents = (db: DbOrTx, ids: readonly string[]): Promise<EventRow[]> =>
  named(db, 'catalog.findEvents')
    .select(eventColumns)
    .from(events)
    .where(inArray(events.id, [...ids]));

/** Read one Event; null if there is none. */
export async function findEvent(db: DbOrTx, id: string): Promise<EventRow | null> {
  const [event] = await findEvents(db, [id]);
  return event ?? null;
}

/** Read one Event and lock its row until the transaction ends; null if there is none. */
export async function lockEvent(db: DbOrTx, id: string): Promise<EventRow | null> {
  const [event] = await named(db, 'catalog.lockEvent')
    .select(eventColumns)
    .from(events)
    .where(eq(events.id, id))
    .for('update');
  return event ?? null;
}

/** The time by the database's clock, which decides what is past; a transaction may have waited for locks since it began. */
export async function readNow(tx: DbOrTx): Promise<Date> {
  const { rows } = await tx.execute<{ now: string }>(sql`
    /* catalog.readNow */
    select clock_timestamp() as now`);
  return readInstant(rows[0]!.now, 'now');
}

/** Read the lineups of Events, in their order. */
export const readLineups = (
  db: DbOrTx,
  eventIds: readonly string[],
): Promise<{ eventId: string; performer: PerformerRow }[]> =>
  named(db, 'catalog.readLineups')
    .select({ eventId: eventPerformers.eventId, performer: performers })
    .from(eventPerformers)
    .innerJoin(performers, eq(performers.id, eventPerformers.performerId))
    .where(inArray(eventPerformers.eventId, [...eventIds]))
    .orderBy(
      asc(eventPerformers.eventId),
      asc(eventPerformers.position),
      asc(eventPerformers.performerId), // no constraint says that positions differ
    );

/** Read the price tiers of Events, highest price first. */
export async function readPriceTiers(db: DbOrTx, eventIds: readonly string[]): Promise<PricedTier[]> {
  const rows = await named(db, 'catalog.readPriceTiers')
    .select({
      eventId: priceTiers.eventId,
      tier: priceTiers.tier,
      name: priceTiers.name,
      amount: priceOfTier,
      // not a join, for which Postgres may read all Events in order of id
      currency: sql<
        string | null
      >`(select event.currency from ${events} event where event.id = ${priceTiers.eventId})`,
    })
    .from(priceTiers)
    .where(inArray(priceTiers.eventId, [...eventIds]))
    .orderBy(asc(priceTiers.eventId), desc(priceOfTier), asc(priceTiers.tier));
  return rows.map((row) => ({ ...row, currency: row.currency ?? 'XXX' }));
}

const { layout: _layout, ...withoutLayout } = getTableColumns(seatingPlans);

export const seatingPlanHeadColumns = withoutLayout;

/** Read SeatingPlans by id, without their layouts, in any order. */
export const readSeatingPlanHeads = (db: DbOrTx, ids: readonly string[]): Promise<SeatingPlanHead[]> =>
  named(db, 'catalog.readSeatingPlanHeads')
    .select(seatingPlanHeadColumns)
    .from(seatingPlans)
    .where(inArray(seatingPlans.id, [...ids]));

/** As documented in the schema; any organiser can add plans to a Venue. */
const MAX_PLANS_PER_VENUE = 20;
/** Most versions that are looked at for them: an editor that saves often adds hundreds to one plan. */
const MAX_VERSIONS_READ = 1_000;

/**
 * Read the newest version of each SeatingPlan of the Venues, by name, without their layouts; of a Venue with more than
 * MAX_PLANS_PER_VENUE, those with the newest versions, among the last MAX_VERSIONS_READ.
 */
export function readNewestSeatingPlans(db: DbOrTx, venueIds: readonly string[]): Promise<SeatingPlanHead[]> {
  const statement = named(db, 'catalog.readNewestSeatingPlans');
  const recent = statement
    .select(seatingPlanHeadColumns)
    .from(seatingPlans)
    .where(eq(seatingPlans.venueId, venues.id))
    .orderBy(desc(seatingPlans.createdAt), desc(seatingPlans.id))
    .limit(MAX_VERSIONS_READ)
    .as('recent');
  const newest = statement
    .select()
    .from(recent)
    .where(
      // not an anti-join, for which Postgres may read all plans of the Venue
      sql`${recent.version} = (
        select max(later.version) from ${seatingPlans} later
        where later.venue_id = ${recent.venueId} and later.name = ${recent.name})`,
    )
    .orderBy(desc(recent.createdAt), desc(recent.id))
    .limit(MAX_PLANS_PER_VENUE)
    .as('newest');
  return statement
    .select(newest._.selectedFields)
    .from(venues)
    .crossJoinLateral(newest)
    .where(inArray(venues.id, [...venueIds]))
    .orderBy(asc(newest.venueId), asc(newest.name));
}

/** Of layouts, which take about 100 bytes a place: the three largest stadiums, or a hundred theatres. */
const MAX_CACHED_LAYOUT_BYTES = 20_000_000;
const BYTES_PER_PLACE = 100;
const BYTES_PER_COORDINATE = 8;
/** Names of sections and categories, at most 100 characters each. */
const BYTES_PER_SECTION = 500;

/** Plans are immutable and their ids unique across databases, so one cache per process needs no invalidation. */
const planCache = new LRUCache<string, SeatingPlanRow>({
  maxSize: MAX_CACHED_LAYOUT_BYTES,
  sizeCalculation: layoutBytes,
});

/** An area of one place may have an outline of megabytes. */
function layoutBytes({ places, layout }: SeatingPlanRow): number {
  const outlines = layout.sections.map((section) => (section.kind === 'SEATED' ? 0 : section.outline.length));
  return (
    places * BYTES_PER_PLACE +
    layout.sections.length * BYTES_PER_SECTION +
    outlines.reduce((sum, length) => sum + length, 0) * BYTES_PER_COORDINATE
  );
}

/** Single-flight reads: a stadium's layout takes 20 ms to parse, and when a sale starts all requests need the same. */
const pendingReads = new Map<string, Promise<SeatingPlanRow | null>>();

/** Read one SeatingPlan, cached; null if there is none. */
export async function findSeatingPlan(db: DbOrTx, id: string): Promise<SeatingPlanRow | null> {
  const cached = planCache.get(id);
  if (cached !== undefined) return cached;
  const shared = await pendingReads.get(id)?.catch(() => null); // retry if the shared read failed on its connection
  if (shared) return shared;
  const read = readSeatingPlan(db, id);
  pendingReads.set(id, read);
  try {
    return await read;
  } finally {
    if (pendingReads.get(id) === read) pendingReads.delete(id);
  }
}

async function readSeatingPlan(db: DbOrTx, id: string): Promise<SeatingPlanRow | null> {
  const [plan] = await named(db, 'catalog.readSeatingPlan')
    .select()
    .from(seatingPlans)
    .where(eq(seatingPlans.id, id));
  if (plan !== undefined) planCache.set(id, plan);
  return plan ?? null;
}

/** Set an Event's status to ON_SALE and insert its prices. Returns false if it is neither a draft nor announced. */
export async function markOnSale(
  tx: DbOrTx,
  eventId: string,
  sale: { currency: string; tiers: readonly { tier: number; name: string; amount: number }[] },
): Promise<boolean> {
  const amounts = sale.tiers.map(({ amount }) => amount);
  const [lowestPrice, highestPrice] = [Math.min(...amounts), Math.max(...amounts)];
  const updated = await named(tx, 'catalog.markOnSale')
    .update(events)
    .set({
      status: 'ON_SALE',
      currency: sale.currency,
      lowestPrice,
      highestPrice,
      lowestPrice32: int4OrNull(lowestPrice),
      highestPrice32: int4OrNull(highestPrice),
      updatedAt: sql`now()`,
    })
    .where(and(eq(events.id, eventId), inArray(events.status, ['DRAFT', 'ANNOUNCED'])))
    .returning({ id: events.id });
  if (updated.length === 0) return false;
  await named(tx, 'catalog.insertPriceTiers')
    .insert(priceTiers)
    .values(sale.tiers.map(({ tier, name, amount }) => ({ eventId, tier, name, ...amountColumns(amount) })))
    .onConflictDoUpdate({
      target: [priceTiers.eventId, priceTiers.tier], // of an Event that was withdrawn
      set: {
        name: sql`excluded.name`,
        amount: sql`excluded.amount_minor`,
        amount32: sql`excluded.amount`,
      },
    });
  return true;
}
