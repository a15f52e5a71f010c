import { countTicketsByTier, type TicketCounts } from '../../booking/index.ts';
import { findEvents, readLineups, readPriceTiers, readVenues, type EventRow } from '../../catalog/index.ts';
import type { Db } from '../../platform/db/pool.ts';
import { findAccessible } from './accessible-places.ts';
import { drawVersion } from './draw-version.ts';
import { makeDocument, type DocumentRows } from './make-document.ts';
import type { HiddenDocument, SearchDocument, VersionedDocument } from './search-document.ts';

/** An Event whose rows make no document, such as one in an unknown time zone. */
export interface FailedDocument {
  eventId: string;
  version: number;
  reason: string;
}

export interface ReadDocuments {
  documents: VersionedDocument[];
  failed: FailedDocument[];
}

/** Most Events of one call. */
export const MAX_EVENTS_PER_READ = 200;
/** Events whose tickets one statement counts: of the largest halls a second's work. */
const MAX_EVENTS_PER_COUNT = 25;

/**
 * Read the documents of Events as they are now, under a version drawn before. An Event that does not exist, or is a draft, gives a
 * hidden one. A fixed number of statements, but for the tickets.
 */
export async function readDocuments(db: Db, eventIds: readonly string[]): Promise<ReadDocuments> {
  if (eventIds.length > MAX_EVENTS_PER_READ) throw new RangeError(`${eventIds.length} documents at once`);
  const version = await drawVersion(db);
  const rows = await readRows(db, eventIds);
  const documents: VersionedDocument[] = [];
  const failed: FailedDocument[] = [];
  for (const eventId of eventIds) {
    try {
      documents.push({ version, document: documentOf(eventId, rows.get(eventId)) });
    } catch (error) {
      failed.push({ eventId, version, reason: error instanceof Error ? error.message : 'unknown' });
    }
  }
  return { documents, failed };
}

const documentOf = (id: string, rows: DocumentRows | undefined): SearchDocument | HiddenDocument =>
  rows === undefined ? { id } : makeDocument(rows);

async function readRows(db: Db, eventIds: readonly string[]): Promise<Map<string, DocumentRows>> {
  const events = (await findEvents(db, eventIds)).filter(({ status }) => status !== 'DRAFT');
  const ids = events.map(({ id }) => id);
  const venueIds = new Set(events.flatMap(({ venueId }) => (venueId === null ? [] : [venueId])));
  const onSale = events.filter(isCounted);
  const [venues, lineups, tiers, tickets, accessible] = await Promise.all([
    readVenues(db, [...venueIds]),
    readLineups(db, ids),
    readPriceTiers(db, ids),
    countTickets(
      db,
      onSale.map(({ id }) => id),
    ),
    findAccessible(db, onSale),
  ]);
  const venueById = new Map(venues.map((venue) => [venue.id, venue]));
  const lineupOf = Map.groupBy(lineups, ({ eventId }) => eventId);
  const tiersOf = Map.groupBy(tiers, ({ eventId }) => eventId);
  const ticketsOf = Map.groupBy(tickets, ({ eventId }) => eventId);
  return new Map(
    events.map((event) => [
      event.id,
      {
        event,
        venue: venueById.get(event.venueId ?? '') ?? null,
        performers: lineupOf.get(event.id)?.map(({ performer }) => performer) ?? [],
        tiers: tiersOf.get(event.id) ?? [],
        tickets: ticketsOf.get(event.id) ?? [],
        isAccessible: accessible.has(event.id),
      },
    ]),
  );
}

/** Whether the tickets of an Event are counted: the archive moves those of past ones. */
const isCounted = ({ status, archivingSince }: EventRow): boolean =>
  status === 'ON_SALE' && archivingSince === null;

async function countTickets(db: Db, eventIds: readonly string[]): Promise<TicketCounts[]> {
  const counts: TicketCounts[] = [];
  for (let from = 0; from < eventIds.length; from += MAX_EVENTS_PER_COUNT)
    counts.push(...(await countTicketsByTier(db, eventIds.slice(from, from + MAX_EVENTS_PER_COUNT))));
  return counts;
}
