import type { Db } from '../../src/platform/db/pool.ts';
import { inDays, seedEvent, seedOnSale, seedPerformer, seedPlan, seedVenue } from '../catalog/seed.ts';
import type { World } from '../support/world.ts';

/** Events to be found, and some that must not be. */
export async function seedSearchable(db: Db): Promise<void> {
  const waldbuehne = await seedVenue(db);
  const philharmonie = await seedVenue(db, { name: 'Philharmonie', latitude: 52.51, longitude: 13.37 });
  const garden = await seedVenue(db, {
    ...{ name: 'Madison Square Garden', aliases: ['MSG'], city: 'New York', countryCode: 'US' },
    ...{ latitude: 40.7505, longitude: -73.9934 },
  });
  const olympia = await seedVenue(db, {
    name: 'Olympiahalle',
    city: 'München',
    latitude: 48.175,
    longitude: 11.55,
  });
  const suva = await seedVenue(db, {
    name: 'National Stadium',
    city: 'Suva',
    latitude: -18.15,
    longitude: 178.45,
  });
  const apia = await seedVenue(db, { name: 'Apia Park', city: 'Apia', latitude: -13.83, longitude: -171.77 });
  const nowhere = await seedVenue(db, {
    name: 'Somewhere',
    city: 'Unknown',
    latitude: null,
    longitude: null,
  });

  const beyonce = await seedPerformer(db, 'Beyoncé');
  await seedEvent(db, 'Renaissance Tour', { venueId: waldbuehne, startsAt: inDays(5), genre: 'Pop' }, [
    beyonce,
  ]);
  await seedEvent(db, 'Beyoncé', { venueId: garden, startsAt: inDays(9), genre: 'Pop' }, [beyonce]);
  await seedEvent(db, 'Beyoncé in Conversation', { venueId: garden, startsAt: inDays(3), category: 'talk' });
  await seedEvent(db, 'A night with Beyoncé songs', { venueId: philharmonie, startsAt: inDays(4) });
  await seedEvent(db, 'Dvořák, Smetana', { venueId: philharmonie, startsAt: inDays(6), genre: 'Classical' });
  await seedEvent(db, 'Metallica', { venueId: olympia, startsAt: inDays(7), genre: 'Rock' });
  await seedEvent(db, 'AC/DC: Power Up', { venueId: olympia, startsAt: inDays(8), genre: 'Rock' });
  await seedEvent(db, 'Fiji vs Samoa', { venueId: suva, startsAt: inDays(12), category: 'sports' });
  await seedEvent(db, 'Samoa vs Fiji', { venueId: apia, startsAt: inDays(13), category: 'sports' });
  await seedEvent(db, '!!!', { venueId: nowhere, startsAt: inDays(14) });
  await seedEvent(db, 'Борис Гребенщиков', { venueId: nowhere, startsAt: inDays(15) });
  await seedEvent(db, 'Cancelled Gala', { venueId: nowhere, startsAt: inDays(16), status: 'CANCELLED' });
  await seedEvent(db, 'Beyoncé last year', { venueId: garden, startsAt: inDays(-300) });
  await seedEvent(db, 'Beyoncé secret', { venueId: garden, startsAt: inDays(20), status: 'DRAFT' });

  const plan = { seatingPlanId: await seedPlan(db, waldbuehne), currency: 'EUR' };
  const sold = { category: 'sale', venueId: waldbuehne };
  await seedOnSale(
    db,
    'Cheap and dear',
    { ...plan, amounts: [1_000, 9_000] },
    { ...sold, startsAt: inDays(31) },
  );
  await seedOnSale(db, 'Middling', { ...plan, amounts: [4_000] }, { ...sold, startsAt: inDays(32) });
  await seedOnSale(
    db,
    'In dollars',
    { ...plan, currency: 'USD', amounts: [4_000] },
    { ...sold, startsAt: inDays(33) },
  );
  await seedOnSale(
    db,
    'Not yet',
    { ...plan, amounts: [4_000] },
    { ...sold, startsAt: inDays(34), saleStartsAt: inDays(2) },
  );
  await seedOnSale(
    db,
    'No more',
    { ...plan, amounts: [4_000] },
    { ...sold, startsAt: inDays(35), saleEndsAt: inDays(-2) },
  );
}

/** Asks for everything a search can tell. */
export const SEARCH = `query ($input: SearchEventsInput!, $first: Int, $after: String) {
  searchEvents(input: $input, first: $first, after: $after) {
    totalCount nodes { name } edges { cursor score matched correctedTo distanceKm node { name } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } }`;

/** What a search tells. */
export interface Found {
  totalCount: number;
  nodes: { name: string }[];
  edges: {
    cursor: string;
    score: number;
    matched: 'EXACT' | 'PARTIAL' | 'CORRECTED';
    correctedTo: string | null;
    distanceKm: number | null;
    node: { name: string };
  }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

/** Search as a stranger. */
export async function search(world: World, input: object, page: object = {}): Promise<Found> {
  return (await world.stranger.ask(SEARCH, { input, ...page }))['searchEvents'];
}

/** The codes and arguments of the errors of a search, which has to be refused. */
export async function refusedArguments(world: World, variables: object): Promise<[string, string][]> {
  const { data, errors } = await world.stranger.send(SEARCH, variables);
  if (data !== null) throw new Error('the search was not refused');
  return errors.map(({ extensions }) => [extensions['code'], extensions['argument']]);
}
