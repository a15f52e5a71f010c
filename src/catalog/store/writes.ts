import { and, desc, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { eventPerformers, events, performers, seatingPlans, venues } from '../tables.ts';
import {
  seatingPlanHeadColumns,
  type EventRow,
  type PerformerRow,
  type SeatingPlanHead,
  type SeatingPlanRow,
  type VenueRow,
} from './reads.ts';

/** Columns that an update may write: all but the key, the owner and the timestamps. */
type RowUpdate<Row extends { id: string }> = Partial<
  Omit<Row, 'id' | 'organiserId' | 'createdAt' | 'updatedAt'>
>;

/** Changed columns of a Venue. */
export type VenueUpdate = RowUpdate<VenueRow>;
/** Changed columns of a Performer. */
export type PerformerUpdate = RowUpdate<PerformerRow>;
/** Changed columns of an Event; `markOnSale`, `updateSaleState`, `refreshSearchText` and the archive write the others. */
export type EventUpdate = Omit<
  RowUpdate<EventRow>,
  | 'startsAtIsApproximate'
  | ('status' | 'salePausedAt' | 'currency' | 'lowestPrice' | 'highestPrice')
  | ('archivingSince' | 'archivedAt')
  | ('city' | 'countryCode' | 'latitude' | 'longitude' | 'foldedCity')
>;

/** Insert a Venue, and return its row. */
export async function insertVenue(tx: Tx, venue: typeof venues.$inferInsert): Promise<VenueRow> {
  const [row] = await named(tx, 'catalog.insertVenue').insert(venues).values(venue).returning();
  return row!;
}

/** Read a Venue and lock its row until the transaction ends; null if there is none. */
export async function lockVenue(tx: Tx, id: string): Promise<VenueRow | null> {
  const [row] = await named(tx, 'catalog.lockVenue')
    .select()
    .from(venues)
    .where(eq(venues.id, id))
    .for('no key update');
  return row ?? null;
}

/** Update a Venue that the transaction has locked. Every given column is written. */
export async function updateVenueRow(tx: Tx, id: string, changes: VenueUpdate): Promise<VenueRow> {
  const [row] = await named(tx, 'catalog.updateVenueRow')
    .update(venues)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(venues.id, id))
    .returning();
  return row!;
}

/** Copy a Venue's time zone to its Events. */
export async function updateEventTimezones(tx: Tx, venueId: string, timezone: string): Promise<void> {
  await named(tx, 'catalog.updateEventTimezones')
    .update(events)
    .set({ timezone })
    .where(eq(events.venueId, venueId));
}

/** Insert a Performer, and return its row. */
export async function insertPerformer(
  tx: Tx,
  performer: typeof performers.$inferInsert,
): Promise<PerformerRow> {
  const [row] = await named(tx, 'catalog.insertPerformer').insert(performers).values(performer).returning();
  return row!;
}

/** Read a Performer and lock its row until the transaction ends; null if there is none. */
export async function lockPerformer(tx: Tx, id: string): Promise<PerformerRow | null> {
  const [row] = await named(tx, 'catalog.lockPerformer')
    .select()
    .from(performers)
    .where(eq(performers.id, id))
    .for('no key update');
  return row ?? null;
}

/** Update a Performer that the transaction has locked. Every given column is written. */
export async function updatePerformerRow(
  tx: Tx,
  id: string,
  changes: PerformerUpdate,
): Promise<PerformerRow> {
  const [row] = await named(tx, 'catalog.updatePerformerRow')
    .update(performers)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(performers.id, id))
    .returning();
  return row!;
}

/** Insert a SeatingPlan; null if the Venue has one of that name and version. */
export async function insertSeatingPlan(
  tx: Tx,
  plan: Omit<SeatingPlanRow, 'createdAt'>,
): Promise<SeatingPlanHead | null> {
  const [row] = await named(tx, 'catalog.insertSeatingPlan')
    .insert(seatingPlans)
    .values(plan)
    .onConflictDoNothing({ target: [seatingPlans.venueId, seatingPlans.name, seatingPlans.version] })
    .returning(seatingPlanHeadColumns);
  return row ?? null;
}

/** Find the newest version of a Venue's plan, and lock the plan against new versions until the transaction ends. */
export async function lockNewestVersion(
  tx: Tx,
  { venueId, name }: Pick<SeatingPlanHead, 'venueId' | 'name'>,
): Promise<SeatingPlanHead | null> {
  // lock version 1, which never changes: with a lock on the newest, the loser of a race would still see the old newest
  await named(tx, 'catalog.lockNewestVersion')
    .select({ id: seatingPlans.id })
    .from(seatingPlans)
    .where(and(eq(seatingPlans.venueId, venueId), eq(seatingPlans.name, name), eq(seatingPlans.version, 1)))
    .for('no key update');
  const [newest] = await named(tx, 'catalog.findNewestVersion')
    .select(seatingPlanHeadColumns)
    .from(seatingPlans)
    .where(and(eq(seatingPlans.venueId, venueId), eq(seatingPlans.name, name)))
    .orderBy(desc(seatingPlans.version))
    .limit(1);
  return newest ?? null;
}

/** Insert an Event without its lineup. */
export async function insertEvent(tx: Tx, event: typeof events.$inferInsert): Promise<void> {
  await named(tx, 'catalog.insertEvent').insert(events).values(event);
}

/** Update an Event that the transaction has locked. Every given column is written. */
export async function updateEventRow(tx: Tx, id: string, changes: EventUpdate): Promise<void> {
  await named(tx, 'catalog.updateEventRow')
    .update(events)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(events.id, id));
}

/** Replace the lineup of an Event, in the order given. */
export async function writeLineup(tx: Tx, eventId: string, performerIds: readonly string[]): Promise<void> {
  await named(tx, 'catalog.deleteLineup').delete(eventPerformers).where(eq(eventPerformers.eventId, eventId));
  if (performerIds.length === 0) return;
  await named(tx, 'catalog.insertLineup')
    .insert(eventPerformers)
    .values(performerIds.map((performerId, position) => ({ eventId, performerId, position })));
}
