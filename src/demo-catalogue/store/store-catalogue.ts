import { documentOf } from '../../catalog/index.ts';
import type { Tx } from '../../platform/db/pool.ts';
import type { EventRecord } from '../events/build-events.ts';
import type { PerformerRecord } from '../read/read-performers.ts';
import type { VenueRecord } from '../read/read-venues.ts';
import { copyRows, type Cell } from './copy-rows.ts';

// prettier-ignore
const VENUE_COLUMNS = [
  'id', 'name', 'aliases', 'kind', 'city', 'region', 'country', 'country_code', 'latitude', 'longitude',
  'timezone', 'capacity', 'folded',
];
const PERFORMER_COLUMNS = ['id', 'name', 'kind', 'genre', 'role', 'country_code', 'folded'];
// prettier-ignore
const EVENT_COLUMNS = [
  'id', 'venue_id', 'name', 'description', 'category', 'genre', 'series', 'city', 'country_code', 'latitude',
  'longitude', 'timezone', 'starts_at', 'starts_at_is_approximate', 'ends_at', 'status', 'folded', 'folded_city',
  'search_text', 'search_document',
];
const LINEUP_COLUMNS = ['event_id', 'performer_id', 'position'];

/** Insert Venues; returns their number. */
export const insertVenues = (tx: Tx, venues: Iterable<VenueRecord>): Promise<number> =>
  copyRows(
    tx,
    'venues',
    VENUE_COLUMNS,
    Iterator.from(venues).map((venue) => [
      ...[venue.id, venue.name, venue.aliases, venue.kind, venue.city, venue.region, venue.country],
      ...[venue.countryCode, venue.latitude, venue.longitude, venue.timezone, venue.capacity, venue.folded],
    ]),
  );

/** Insert Performers; returns their number. */
export const insertPerformers = (tx: Tx, performers: Iterable<PerformerRecord>): Promise<number> =>
  copyRows(
    tx,
    'performers',
    PERFORMER_COLUMNS,
    Iterator.from(performers).map(({ id, name, kind, genre, role, countryCode, folded }) => [
      ...[id, name, kind, genre, role, countryCode, folded],
    ]),
  );

/** Insert announced Events, then their lineups; returns the numbers of rows. `onEvent` is called once per Event. */
export async function insertEvents(
  tx: Tx,
  events: AsyncIterable<EventRecord>,
  onEvent: (event: EventRecord) => void,
): Promise<{ events: number; eventPerformers: number }> {
  // a connection runs one COPY at a time, so lineups are buffered until the Events are inserted
  const lineups: [string, string, number][] = [];
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const event of events) {
      onEvent(event);
      event.lineup.forEach((performer, position) => lineups.push([event.id, performer.id, position]));
      yield [
        ...[event.id, event.venue?.id ?? null, event.name, event.description, event.category, event.genre],
        ...[event.series, event.city, event.countryCode, event.latitude, event.longitude, event.timezone],
        ...[event.startsAt, event.startsAtIsApproximate, event.endsAt, 'ANNOUNCED', event.folded],
        ...[event.foldedCity, event.searchText, documentOf(event.texts)],
      ];
    }
  }
  const stored = await copyRows(tx, 'events', EVENT_COLUMNS, rows());
  return { events: stored, eventPerformers: await copyRows(tx, 'event_performers', LINEUP_COLUMNS, lineups) };
}
