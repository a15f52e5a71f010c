import { and, asc, eq, isNull, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { events } from '../tables.ts';
import { eventEnd } from './event-period.ts';

/** An Event that ended long ago and whose tickets are not archived, or not all of them. */
export interface EventToArchive {
  id: string;
  name: string;
}

/** Find Events with tickets that ended before an instant and are not archived, by their start. */
export async function findEventsToArchive(
  db: DbOrTx,
  { endedBefore, after, limit }: { endedBefore: Date; after: string | null; limit: number },
): Promise<EventToArchive[]> {
  const before = sql`${endedBefore.toISOString()}::timestamptz`;
  return named(db, 'catalog.findEventsToArchive')
    .select({ id: events.id, name: events.name })
    .from(events)
    .where(
      and(
        sql`${events.archivedAt} is null and ${events.status} in ('ON_SALE', 'CANCELLED')`, // predicate of events_to_archive
        sql`${events.startsAt} < ${before} and ${eventEnd(events)} < ${before}`,
        after === null
          ? undefined
          : sql`(${events.startsAt}, ${events.id}) > (
              select last.starts_at, last.id from ${events} as last where last.id = ${after}
            )`,
      ),
    )
    .orderBy(asc(events.startsAt), asc(events.id))
    .limit(limit);
}

/** From now on the Event has no seat map, and what is read by key is looked for in the archive, too. */
export async function markArchiving(tx: Tx, id: string): Promise<void> {
  await named(tx, 'catalog.markArchiving')
    .update(events)
    .set({ archivingSince: sql`now()` })
    .where(eq(events.id, id));
}

/** All tickets and Reservations of the Event are in the archive. False: another run said so before, and its time stays. */
export async function markArchived(tx: Tx, id: string): Promise<boolean> {
  const marked = await named(tx, 'catalog.markArchived')
    .update(events)
    .set({ archivedAt: sql`now()` })
    .where(and(eq(events.id, id), isNull(events.archivedAt)))
    .returning({ id: events.id });
  return marked.length > 0;
}
