import { sql } from 'drizzle-orm';

import { formerEventLocks } from '../../platform/db/advisory-locks.ts';
import {
  buyerLockNumber,
  EVENT_LOCKS,
  insertEventRows,
  lockEventRows,
} from '../../platform/db/event-locks.ts';
import type { Tx } from '../../platform/db/pool.ts';
import type { Buyer } from './columns.ts';

/**
 * Serialise the calls of one buyer at one Event until the transaction ends. A statement of its own: the next statement
 * gets a new snapshot, which includes what the previous call committed.
 */
export async function lockBuyer(tx: Tx, { eventId, viewerId }: Buyer): Promise<void> {
  await tx.execute(sql`
    /* booking.lockBuyer */
    select pg_advisory_xact_lock(${formerEventLocks.buyer(eventId, viewerId)})`);
  await lockEventRows(tx, eventId, 'buyer', [buyerLockNumber(viewerId)]);
}

/** Try to lock several buyers without waiting for their locks; returns the viewers whose locks were free. */
export async function tryLockBuyers(
  tx: Tx,
  eventId: string,
  viewerIds: readonly string[],
): Promise<Set<string>> {
  const numbers = viewerIds.map(buyerLockNumber);
  const { rows } = await tx.execute<{ position: number }>(sql`
    /* booking.tryLockBuyers */
    select buyer.position::int as position
    from unnest(${sql.param(viewerIds)}::text[], ${sql.param(numbers)}::int[])
      with ordinality as buyer (viewer_id, number, position)
    join event_locks on event_locks.event_id = ${eventId} and event_locks.kind = ${EVENT_LOCKS.buyer}
      and event_locks.number = buyer.number and event_locks.number = any(${sql.param(numbers)}::int[])
    where pg_try_advisory_xact_lock(${formerEventLocks.buyer(eventId, sql`buyer.viewer_id`)})
    for update of event_locks skip locked`);
  const locked = new Set(rows.map(({ position }) => viewerIds[position - 1]!));
  return locked.size === viewerIds.length
    ? locked
    : locked.union(await lockNewBuyers(tx, eventId, viewerIds.filter((id) => !locked.has(id)))); // prettier-ignore
}

/** Lock those buyers whose row is not there yet, by inserting it. */
async function lockNewBuyers(tx: Tx, eventId: string, viewerIds: readonly string[]): Promise<Set<string>> {
  const inserted = await insertEventRows(tx, eventId, 'buyer', [...new Set(viewerIds.map(buyerLockNumber))]);
  const theirs = viewerIds.filter((viewerId) => inserted.has(buyerLockNumber(viewerId)));
  if (theirs.length === 0) return new Set();
  const { rows } = await tx.execute<{ position: number }>(sql`
    /* booking.tryLockNewBuyers */
    select position::int from unnest(${sql.param(theirs)}::text[]) with ordinality as buyer (viewer_id, position)
    where pg_try_advisory_xact_lock(${formerEventLocks.buyer(eventId, sql`viewer_id`)})`);
  return new Set(rows.map(({ position }) => theirs[position - 1]!));
}
