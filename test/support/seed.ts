import { eq } from 'drizzle-orm';

import { publishEvent } from '../../src/booking/organiser/publish-event.ts';
import { events, seatingPlans, venues, type EventRow } from '../../src/catalog/index.ts';
import type { Role, Viewer } from '../../src/platform/auth/viewer.ts';
import { encodeId, encodeTicketId, newId } from '../../src/platform/ids.ts';
import type { Platform } from '../../src/platform/index.ts';
import { fingerprint } from '../../src/seating-plan/fingerprint.ts';
import { type SeatingPlanLayout } from '../../src/seating-plan/index.ts';
import { numberPlaces, type SectionDraft } from '../../src/seating-plan/number-places.ts';
import type { Client } from './client.ts';
import type { World } from './world.ts';

/** The organiser of test Events. */
export const ORGANISER = 'organiser';

/** The layout of a test venue. */
export interface SeedVenue {
  /** Seats in rows of twenty, in a section `stalls`; the rows take turns in the price categories. */
  seats?: number;
  /** General-admission areas, all of the first category. */
  areas?: { key: string; places: number }[];
  /** One price for each category. */
  prices?: number[];
  /** Euros by default. */
  currency?: string;
  /** Drawn otherwise. */
  layout?: SeatingPlanLayout;
}

/** An Event whose tickets exist. */
export interface SeededEvent {
  /** The row's key. */
  id: string;
  /** The global id. */
  event: string;
  layout: SeatingPlanLayout;
  /** The global id of the ticket for a place. */
  ticket: (place: number) => string;
}

/** A buyer with a token. */
export interface Buyer {
  viewer: Viewer;
  client: Client;
}

/** Turn a name and roles into what a token would. */
export const viewerOf = (id: string, ...roles: Role[]): Viewer => ({
  id,
  roles: new Set(roles.length > 0 ? roles : ['FAN']),
});

/** Create a layout. */
export function layOut({ seats = 0, areas = [], prices = [5_000] }: SeedVenue): SeatingPlanLayout {
  const rows = Array.from({ length: Math.ceil(seats / 20) }, (_, row) => {
    const inRow = Array.from({ length: Math.min(20, seats - row * 20) }, (_seat, index) => index);
    return {
      label: String(row + 1),
      category: row % prices.length,
      seats: inRow.map((index) => String(index + 1)),
      x: inRow.map((index) => index * 5),
      y: inRow.map(() => row * 8),
      accessible: row === 0 ? [0] : [],
    };
  });
  const stalls: SectionDraft = { kind: 'SEATED', key: 'stalls', name: 'Stalls', level: '', rows };
  return numberPlaces({
    name: 'House',
    width: 200,
    height: 200,
    stage: { x: 100, y: 0, label: 'Stage' },
    categories: prices.map((_price, index) => `Category ${index + 1}`),
    sections: [
      ...(seats > 0 ? [stalls] : []),
      ...areas.map(({ key, places }): SectionDraft => ({
        kind: 'GENERAL_ADMISSION',
        key,
        name: `Area ${key}`,
        level: '',
        places,
        category: 0,
        outline: [0, 0, 10, 0, 10, 10],
      })),
    ],
  });
}

/** Make a Venue, a plan and a draft of an Event there, without tickets. */
export async function draftEvent(
  { db }: Pick<Platform, 'db'>,
  house: SeedVenue = { seats: 40 },
  fields: Partial<typeof events.$inferInsert> = {},
): Promise<SeededEvent> {
  const layout = house.layout ?? layOut(house);
  const [venueId, seatingPlanId, id] = [newId(), newId(), newId()];
  await db.insert(venues).values({
    id: venueId,
    name: 'The House',
    kind: 'theatre',
    city: 'Berlin',
    country: 'Germany',
    countryCode: 'DE',
    timezone: 'Europe/Berlin',
    folded: 'the house berlin',
  });
  await db.insert(seatingPlans).values({
    id: seatingPlanId,
    venueId,
    organiserId: ORGANISER,
    name: layout.name,
    version: 1,
    places: layout.places,
    layout,
    fingerprint: fingerprint(layout),
  });
  await db.insert(events).values({
    id,
    organiserId: ORGANISER,
    venueId,
    seatingPlanId,
    name: 'The Show',
    category: 'concert',
    timezone: 'Europe/Berlin',
    startsAt: inDays(30),
    folded: 'the show',
    ...fields,
  });
  return { id, layout, event: encodeId('Event', id), ticket: (place) => encodeTicketId(id, place) };
}

/** Times of an Event, which `publishEvent` compares with each other and with now. */
const TIMES = ['startsAt', 'endsAt', 'saleStartsAt', 'saleEndsAt'] as const;

/**
 * Make an Event and put it on sale, through `publishEvent`. Times that cannot be published, such as those of a past Event, are
 * written afterwards, as if they had passed since.
 */
export async function eventOnSale(
  platform: Pick<Platform, 'db' | 'metrics'>,
  house: SeedVenue = { seats: 40 },
  fields: Partial<Omit<EventRow, 'id'>> = {},
): Promise<SeededEvent> {
  const times = Object.fromEntries(
    TIMES.filter((name) => name in fields).map((name) => [name, fields[name]]),
  );
  const withoutTimes = Object.fromEntries(Object.entries(fields).filter(([name]) => !(name in times)));
  const seeded = await draftEvent(platform, house, withoutTimes);
  const answer = await publishEvent(platform, viewerOf(fields.organiserId ?? ORGANISER, 'ORGANISER'), {
    event: seeded.event,
    currency: house.currency ?? 'EUR',
    prices: (house.prices ?? [5_000]).map((amount, tier) => ({ tier, amount })),
  });
  if (answer.__typename !== 'EventPublished') throw new Error(`not on sale: ${JSON.stringify(answer)}`);
  if (Object.keys(times).length > 0)
    await platform.db.update(events).set(times).where(eq(events.id, seeded.id));
  return seeded;
}

/** Make buyers with tokens of their own. */
export function buyers(world: Pick<World, 'as'>, count: number, prefix = 'buyer'): Promise<Buyer[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const id = `${prefix}-${index}`;
      return { viewer: viewerOf(id), client: await world.as(id) };
    }),
  );
}

/** An instant so many days from now. */
export const inDays = (days: number): Date => new Date(Date.now() + days * 24 * 60 * 60 * 1_000);
