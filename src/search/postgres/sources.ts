import { sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';

import { events, eventsOfDays, startsLateEnough } from '../../catalog/index.ts';
import type { EventQuery, LocalDays } from '../search-engine.ts';

/** Alias of `events` in the statements of the engine. */
export const e = alias(events, 'e');

/** A source of Events, as `e`, and its condition. `e.document` is what conditions on words look at. */
export interface Source {
  from: SQL;
  where: SQL;
}

/** In place of the document of an Event that an earlier version wrote: the words of the name, and the others as `names`. */
const OLD_DOCUMENT = sql`ts_filter(search_words, '{a}') || setweight(ts_filter(search_words, '{d}'), 'B')`;

/** More than any offset of a time zone. */
export const MAX_OFFSET_MS = 24 * 60 * 60 * 1_000;
export const DAY_MS = 24 * 60 * 60 * 1_000;

/** An instant before the days begin in any time zone. */
export const earliestInstantOf = ({ from }: LocalDays): Date => new Date(Date.parse(from) - MAX_OFFSET_MS);

/** What of a query says where Events are looked for. */
export type Period = Pick<EventQuery, 'term' | 'from' | 'days'>;

/**
 * Sources that hold each Event once that is not over and ends after `from` and the beginning of `days`. Apart, none of them reads
 * the history: hits of a term and in a circle are found among those by start or by an index of their own, whichever has fewer.
 */
export function sourcesOf({ term, from, days }: Period): Source[] {
  const bounds = [...(from === null ? [] : [from]), ...(days === null ? [] : [earliestInstantOf(days)])];
  const instants = [sql`now()`, ...bounds.map((bound) => sql`${bound.toISOString()}::timestamptz`)];
  const since = bounds.length === 0 ? sql`now()` : sql`greatest(${sql.join(instants, sql`, `)})`;
  if (term === null) {
    return [
      { from: sql`(select *, null::tsvector as document from events) e`, where: startsLateEnough(e, since) },
      { from: sql`(select *, null::tsvector as document from ${eventsOfDays(since)} d) e`, where: sql`true` },
    ];
  }
  return [
    {
      from: sql`(select *, search_document as document from events where search_document is not null) e`,
      where: startsLateEnough(e, since),
    },
    {
      from: sql`(select *, coalesce(search_document, ${OLD_DOCUMENT}) as document from ${eventsOfDays(since)} d) e`,
      where: sql`true`,
    },
    withoutDocument(since),
  ];
}

/** Few, and none once the worker has been at them; the fence keeps the condition on words from the index of the history. */
const withoutDocument = (since: SQL): Source => ({
  from: sql`(
    select *, ${OLD_DOCUMENT} as document from events
    where search_document is null and ${startsLateEnough(events, since)} offset 0) e`,
  where: sql`true`,
});
