import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';

import type { Tx } from './pool.ts';

/**
 * What a row of `event_locks` guards. A row lies beside the Event's other rows, so that processes exclude each other wherever
 * those are. Numbers are stored, and processes of another version run beside this one: none is changed or used again.
 */
export const EVENT_LOCKS = {
  /** The reservations of the buyers whose ids hash to the number. */
  buyer: 1,
  /** A row of seats; the number is its first place. */
  row: 2,
  /** The choice of best available tickets by one call at a time; the number is 0. */
  choosing: 3,
} as const;

export type EventLockKind = keyof typeof EVENT_LOCKS;

/**
 * Buyers of an Event share so many rows: a row for each would be an insert for every first order, and a table without bound.
 * A power of two. Two batches of 32 buyers have one number in common every sixteenth time.
 */
const BUYER_LOCKS = 16_384;

/** The number of a buyer's lock at any Event. */
export const buyerLockNumber = (viewerId: string): number =>
  createHash('sha256').update(viewerId).digest().readUInt32BE(0) % BUYER_LOCKS;

/** Lock rows until the transaction ends, and wait for them. In ascending order, so that transactions do not deadlock. */
export async function lockEventRows(
  tx: Tx,
  eventId: string,
  kind: EventLockKind,
  numbers: readonly number[],
): Promise<void> {
  const locked = await lockExisting(tx, eventId, kind, numbers);
  const missing = numbers.filter((number) => !locked.has(number));
  if (missing.length === 0) return;
  const inserted = await insertEventRows(tx, eventId, kind, missing);
  const raced = missing.filter((number) => !inserted.has(number)); // inserted by another transaction meanwhile
  if (raced.length > 0) await lockExisting(tx, eventId, kind, raced);
}

async function lockExisting(
  tx: Tx,
  eventId: string,
  kind: EventLockKind,
  numbers: readonly number[],
): Promise<Set<number>> {
  const { rows } = await tx.execute<{ number: number }>(sql`
    /* locks.lockEventRows */
    select number from event_locks
    where event_id = ${eventId} and kind = ${EVENT_LOCKS[kind]} and number = any(${sql.param(numbers)}::int[])
    order by number
    for update`);
  return new Set(rows.map(({ number }) => number));
}

/** Insert rows that are locked for the first time; returns those that this transaction inserted, which it has locked thereby. */
export async function insertEventRows(
  tx: Tx,
  eventId: string,
  kind: EventLockKind,
  numbers: readonly number[],
): Promise<Set<number>> {
  const { rows } = await tx.execute<{ number: number }>(sql`
    /* locks.insertEventRows */
    insert into event_locks (event_id, kind, number)
    select ${eventId}::uuid, ${EVENT_LOCKS[kind]}::smallint, number
    from unnest(${sql.param(numbers)}::int[]) as number
    order by number
    on conflict (event_id, kind, number) do nothing
    returning number`);
  return new Set(rows.map(({ number }) => number));
}

/** Delete up to `limit` lock rows of an Event at which nothing is sold any more; returns their number. */
export async function deleteEventLocks(tx: Tx, eventId: string, limit: number): Promise<number> {
  const { rows } = await tx.execute<{ kind: number; number: number }>(sql`
    /* locks.findEventLocks */
    select kind, number from event_locks where event_id = ${eventId} order by kind, number limit ${limit}::int`);
  for (const [kind, locks] of Map.groupBy(rows, (row) => row.kind)) {
    // a range of the key: joined with the rows above, Postgres may compare each with each
    await tx.execute(sql`
      /* locks.deleteEventLocks */
      delete from event_locks
      where event_id = ${eventId} and kind = ${kind} and number between ${locks[0]!.number} and ${locks.at(-1)!.number}`);
  }
  return rows.length;
}
