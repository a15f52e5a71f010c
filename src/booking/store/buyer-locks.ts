import { sql } from 'drizzle-orm';

import { formerEventLocks } from '../../platform/db/advisory-locks.ts';
import { buyerLockNumber, lockEventRows, tryLockEventRows } from '../../platform/db/event-locks.ts';
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

/** Try to lock several buyers without waiting; returns the viewers whose locks were free. */
export async function tryLockBuyers(
  tx: Tx,
  eventId: string,
  viewerIds: readonly string[],
): Promise<Set<string>> {
  const numbers = viewerIds.map(buyerLockNumber);
  // pipelined: neither waits, so that their order does not matter
  const [{ rows: free }, locked] = await Promise.all([
    tx.execute<{ position: number }>(sql`
      /* booking.tryLockBuyers */
      select position::int from unnest(${sql.param(viewerIds)}::text[]) with ordinality as buyer (viewer_id, position)
      where pg_try_advisory_xact_lock(${formerEventLocks.buyer(eventId, sql`viewer_id`)})`),
    tryLockEventRows(tx, eventId, 'buyer', [...new Set(numbers)]),
  ]);
  const both = free.map(({ position }) => position - 1).filter((index) => locked.has(numbers[index]!));
  return new Set(both.map((index) => viewerIds[index]!));
}
