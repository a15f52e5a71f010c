import { refreshSearchText } from '../../src/catalog/index.ts';
import {
  eventPerformers,
  events,
  performers,
  priceTiers,
  seatingPlans,
  venues,
} from '../../src/catalog/tables.ts';
import type { Db } from '../../src/platform/db/pool.ts';
import { newId } from '../../src/platform/ids.ts';
import { fold } from '../../src/platform/text/fold.ts';
import { numberPlaces } from '../../src/seating-plan/number-places.ts';

/** Midnight UTC, `days` from today: an Event seeded so does not pass while its test runs. */
export const inDays = (days: number): Date => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days));
};

/** Insert a public Venue, as the importer does. */
export async function seedVenue(db: Db, columns: Partial<typeof venues.$inferInsert> = {}): Promise<string> {
  const venue = {
    id: newId(),
    name: 'Waldbühne',
    kind: 'amphitheatre',
    city: 'Berlin',
    country: 'Germany',
    countryCode: 'DE',
    timezone: 'Europe/Berlin',
    latitude: 52.516,
    longitude: 13.229,
    ...columns,
  };
  const folded = fold([venue.name, ...(venue.aliases ?? []), venue.city].join(' '));
  await db.insert(venues).values({ ...venue, folded });
  return venue.id;
}

/** Insert a public Performer. */
export async function seedPerformer(
  db: Db,
  name: string,
  columns: Partial<typeof performers.$inferInsert> = {},
): Promise<string> {
  const id = newId();
  await db.insert(performers).values({ id, name, kind: 'band', folded: fold(name), ...columns });
  return id;
}

/** Insert an announced Event without an organiser; default start in ten days. */
export async function seedEvent(
  db: Db,
  name: string,
  columns: Partial<typeof events.$inferInsert> = {},
  lineup: readonly string[] = [],
): Promise<string> {
  const id = newId();
  await db.transaction(async (tx) => {
    await tx.insert(events).values({
      id,
      name,
      category: 'concert',
      timezone: 'Europe/Berlin',
      startsAt: inDays(10),
      status: 'ANNOUNCED',
      folded: fold(name),
      ...columns,
    });
    const rows = lineup.map((performerId, position) => ({ eventId: id, performerId, position }));
    if (rows.length > 0) await tx.insert(eventPerformers).values(rows);
    await refreshSearchText(tx, [id]);
  });
  return id;
}

/** Insert a SeatingPlan with one row of three seats and an area of five places. */
export async function seedPlan(db: Db, venueId: string, name = 'Concert'): Promise<string> {
  const layout = numberPlaces({
    name,
    width: 100,
    height: 50,
    stage: { x: 50, y: 0, label: 'Stage' },
    categories: ['Seats', 'Standing'],
    sections: [
      {
        kind: 'SEATED',
        key: 'A',
        name: 'Block A',
        level: 'Stalls',
        rows: [
          {
            label: '1',
            category: 0,
            seats: ['1', '2', '3'],
            x: [10, 20, 30],
            y: [40, 40, 40],
            accessible: [2],
          },
        ],
      },
      {
        kind: 'GENERAL_ADMISSION',
        key: 'floor',
        name: 'Floor',
        level: '',
        places: 5,
        category: 1,
        outline: [0, 5, 100, 5, 50, 30],
      },
    ],
  });
  const id = newId();
  const { places } = layout;
  await db.insert(seatingPlans).values({ id, venueId, name, version: 1, places, layout, fingerprint: id });
  return id;
}

/** Insert an Event on sale with prices by tier, but without tickets. */
export async function seedOnSale(
  db: Db,
  name: string,
  sale: { seatingPlanId: string; currency: string; amounts: readonly number[] },
  columns: Partial<typeof events.$inferInsert> = {},
  lineup: readonly string[] = [],
): Promise<string> {
  const { seatingPlanId, currency, amounts } = sale;
  const prices = { currency, lowestPrice: Math.min(...amounts), highestPrice: Math.max(...amounts) };
  const id = await seedEvent(db, name, { status: 'ON_SALE', seatingPlanId, ...prices, ...columns }, lineup);
  await db
    .insert(priceTiers)
    .values(amounts.map((amount, tier) => ({ eventId: id, tier, name: `Tier ${tier}`, amount })));
  return id;
}
