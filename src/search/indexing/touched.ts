import type { RowChange } from '../../platform/db/replication.ts';

/**
 * What a change of a row touches.
 *
 * event      the document of an Event
 * sales      availability and prices of an Event, which are refreshed less often
 * venue      the documents of all Events of a Venue
 * performer  the documents of all Events of a Performer
 * all        every document: a table was truncated
 */
export interface Touched {
  kind: 'event' | 'sales' | 'venue' | 'performer' | 'all';
  id: string;
}

/** Column that holds the id, by table: the tables of the publications that the migrations create. */
const BY_TABLE: Readonly<Record<string, { kind: Touched['kind']; column: string }>> = {
  events: { kind: 'event', column: 'id' },
  event_performers: { kind: 'event', column: 'event_id' },
  price_tiers: { kind: 'event', column: 'event_id' },
  venues: { kind: 'venue', column: 'id' },
  performers: { kind: 'performer', column: 'id' },
  tickets: { kind: 'sales', column: 'event_id' },
};

/** What a change touches; null: nothing. A new Venue or Performer has no Events yet: their rows are changes of their own. */
export function touchedBy({ table, operation, row }: RowChange): Touched | null {
  const found = BY_TABLE[table];
  if (found === undefined) return null;
  if (operation === 'truncate') return { kind: 'all', id: '' };
  const isNew = operation === 'insert' && (found.kind === 'venue' || found.kind === 'performer');
  return isNew ? null : { kind: found.kind, id: String(row[found.column]) };
}

/** Key of a change for `readSlot`: what it touches. */
export function keyOfChange(change: RowChange): string | null {
  const touched = touchedBy(change);
  return touched === null ? null : `${touched.kind} ${touched.id}`;
}
