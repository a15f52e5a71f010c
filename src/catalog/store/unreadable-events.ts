import { sql, type SQL } from 'drizzle-orm';

import type { Db } from '../../platform/db/pool.ts';
import { MAX_INSTANT, MIN_INSTANT } from '../../platform/instants.ts';
import { reportUnreadable } from '../../platform/unreadable-values.ts';
import { events } from '../tables.ts';

/** At each end of the range; more are of one cause. */
const MAX_REPORTED_EVENTS = 50;

/**
 * Raise an alarm for Events that lists and searches skip because their start cannot be given back: the complement of
 * `hasReadableStart`. Each end is read in the order of an index, so that the Events between them are not.
 */
export async function reportUnreadableEvents(db: Db): Promise<void> {
  const first = (beyond: SQL, direction: SQL): SQL => sql`(
    select ${events.id}, ${events.startsAt} from ${events} where ${events.startsAt} ${beyond}
    order by ${events.startsAt} ${direction}, ${events.id} ${direction} limit ${MAX_REPORTED_EVENTS})`;
  const { rows } = await db.execute<{ id: string; startsAt: string }>(sql`
    /* catalog.reportUnreadableEvents */
    select id, starts_at::text as "startsAt" from (
      ${first(sql`< ${MIN_INSTANT.toISOString()}::timestamptz`, sql`asc`)}
      union all
      ${first(sql`> ${MAX_INSTANT.toISOString()}::timestamptz`, sql`desc`)}
    ) unreadable`);
  for (const { id, startsAt } of rows)
    reportUnreadable({ column: 'starts_at', value: startsAt, shown: null, eventId: id });
}
