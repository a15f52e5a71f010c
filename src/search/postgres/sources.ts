import { sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';

import { events, eventsOfDays, startsLateEnough } from '../../catalog/index.ts';
import { periodBegin } from '../local-days.ts';
import type { EventQuery } from '../search-engine.ts';

/** Alias of `events` in the statements of the engine. */
export const e = alias(events, 'e');

/** A source of Events, as `e`, and its condition. `e.document` is what conditions on words look at. */
export interface Source {
  from: SQL;
  where: SQL;
}

/** In place of the document of an Event that an earlier version wrote: the words of the name, and the others as `names`. */
const OLD_DOCUMENT = sql`ts_filter(search_words, '{a}') || setweight(ts_filter(search_words, '{d}'), 'B')`;

/** What of a query says where Events are looked for. */
export type Period = Pick<EventQuery, 'term' | 'from' | 'days'>;

/**
 * Sources that hold each Event once that is not over and ends after `from` and the beginning of `days`. Apart, none of them reads
 * the history: hits of a term and in a circle are found among those by start or by an index of their own, whichever has fewer.
 */
export function sourcesOf({ term, from, days }: Period): Source[] {
  const begin = periodBegin({ from, days });
  const since = begin === null ? sql`now()` : sql`greatest(now(), ${begin.toISOString()}::timestamptz)`;
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
