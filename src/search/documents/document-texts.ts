import { eventTexts, type EventRow, type PerformerRow, type VenueRow } from '../../catalog/index.ts';

/** Rows that a document is made of. */
export interface EventRows {
  event: EventRow;
  venue: VenueRow | null;
  /** In their order. */
  performers: readonly PerformerRow[];
}

/** The texts of an Event, by weight. */
export function textsOf({ event, venue, performers }: EventRows) {
  const { name, names, kinds, description } = eventTexts({
    ...event,
    venue: venue?.folded ?? null,
    performers: performers.map(({ folded }) => folded),
  });
  return {
    name: name.join(' '),
    names: names.join(' '),
    kinds: kinds.join(' '),
    description: description.join(' '),
  };
}
