import { not, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { Db } from '../../platform/db/pool.ts';
import { reportUnreadable } from '../../platform/unreadable-values.ts';
import { events } from '../tables.ts';
import { hasReadableStart } from './event-period.ts';

/** More are of one cause. */
const MAX_REPORTED_EVENTS = 100;

/** Raise an alarm for Events that lists and searches skip because their start cannot be given back. Reads both ends of an index. */
export async function reportUnreadableEvents(db: Db): Promise<void> {
  const rows = await named(db, 'catalog.reportUnreadableEvents')
    .select({ id: events.id, startsAt: sql<string>`${events.startsAt}::text` })
    .from(events)
    .where(not(hasReadableStart(events)))
    .limit(MAX_REPORTED_EVENTS);
  for (const { id, startsAt } of rows)
    reportUnreadable({ column: 'starts_at', value: startsAt, shown: null, eventId: id });
}
