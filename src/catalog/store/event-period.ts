import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';

import { MAX_INSTANT, MIN_INSTANT } from '../../platform/instants.ts';
import { events } from '../tables.ts';

// When an Event takes place, and when it is over: the only definitions, in SQL by the database's clock. They take the
// columns, so that they serve tables under any alias.

/** Length of an Event without `endsAt`, where its end matters: concerts and matches rarely last longer. */
export const ASSUMED_DURATION_HOURS = 3;
const ASSUMED_DURATION_MS = ASSUMED_DURATION_HOURS * 60 * 60 * 1_000;

type Period = Readonly<Record<'startsAt' | 'endsAt', SQLWrapper>>;

/** The end of an Event: its own, or the assumed one. */
export const endOf = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }): Date =>
  endsAt ?? new Date(startsAt.getTime() + ASSUMED_DURATION_MS);

/** SQL expression of `endOf`. */
export const eventEnd = ({ startsAt, endsAt }: Period): SQL =>
  sql`coalesce(${endsAt}, ${startsAt} + interval '${sql.raw(String(ASSUMED_DURATION_HOURS))} hours')`;

/** SQL condition: the Event is over. */
export const isOver = (event: Period): SQL => sql`(${eventEnd(event)} <= now())`;

/** SQL condition: an Event of more than a day. These are few, and `events_of_days` lists them by their end. */
const lastsForDays = ({ startsAt, endsAt }: Period): SQL =>
  sql`(${endsAt} at time zone 'UTC') > (${startsAt} at time zone 'UTC') + interval '1 day'`;

/** Events whose start can be given back; a row with another start is skipped, and found by `reportUnreadableEvents`. */
export const hasReadableStart = ({ startsAt }: Period): SQL =>
  sql`${startsAt} between ${MIN_INSTANT.toISOString()}::timestamptz and ${MAX_INSTANT.toISOString()}::timestamptz`;

// Events that end after an instant are read in two disjoint parts, so that neither reads the history, whatever the statistics
// say: those that started within a day before it or later, by their start, and the few of days that started earlier.

const dayBefore = (instant: SQL): SQL => sql`${instant} - interval '1 day'`;

/** SQL condition: the Event ends after `from` and started at most a day before. */
export const startsLateEnough = (event: Period, from: SQL): SQL =>
  sql`(${event.startsAt} > ${dayBefore(from)} and ${hasReadableStart(event)}
    and (${eventEnd(event)} > ${from} or ${event.startsAt} >= ${from}))`;

/**
 * SQL from-item: the Events that end after `from` and started more than a day before. The fence keeps the condition on the start,
 * which most of the history meets, from an index.
 */
export const eventsOfDays = (from: SQL): SQL => sql`(
  select * from (
    select * from ${events} where ${events.endsAt} > ${from} and ${lastsForDays(events)} offset 0
  ) ${events}
  where ${events.startsAt} <= ${dayBefore(from)} and ${hasReadableStart(events)})`;
