import { and, count, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import type { Alarm } from '../../platform/telemetry/known-labels.ts';
import { paymentAlarms } from '../tables.ts';

/** What an alarm is about: with its name, the key by which it is raised once. */
export interface AlarmCause {
  /** The id of a Booking, a payment, a refund or a dispute. */
  subject: string;
  /** A code, never a message: Stripe's messages contain what differs from one request to the next. */
  reason?: string;
}

/** Bounds the key: Postgres indexes at most 2,704 bytes. Stripe's ids and codes have some 30 characters. */
const MAX_KEY_LENGTH = 200;

/** Record an alarm. `false`: it was raised before, or a concurrent transaction has just raised it. */
export async function insertAlarm(
  tx: Tx,
  alarm: Alarm,
  { subject, reason = '' }: AlarmCause,
): Promise<boolean> {
  const inserted = await named(tx, 'payments.insertAlarm')
    .insert(paymentAlarms)
    .values({ alarm, subject: subject.slice(0, MAX_KEY_LENGTH), reason: reason.slice(0, MAX_KEY_LENGTH) })
    .onConflictDoNothing()
    .returning({ alarm: paymentAlarms.alarm });
  return inserted.length === 1;
}

/** When an alarm about this subject was first raised, for whatever reason. `null`: never, or longer ago than its rows are kept. */
export async function findFirstRaised(db: DbOrTx, alarm: Alarm, subject: string): Promise<Date | null> {
  const [first] = await named(db, 'payments.findFirstRaised')
    .select({ firstRaisedAt: paymentAlarms.firstRaisedAt })
    .from(paymentAlarms)
    .where(and(eq(paymentAlarms.alarm, alarm), eq(paymentAlarms.subject, subject)))
    .orderBy(paymentAlarms.firstRaisedAt)
    .limit(1);
  return first?.firstRaisedAt ?? null;
}

/** Alarms that were first raised within the last hour, by name; those that were not are absent. */
export async function countRecentAlarms(db: DbOrTx): Promise<Map<string, number>> {
  const rows = await named(db, 'payments.countRecentAlarms')
    .select({ alarm: paymentAlarms.alarm, raised: count() })
    .from(paymentAlarms)
    .where(sql`${paymentAlarms.firstRaisedAt} > now() - interval '1 hour'`)
    .groupBy(paymentAlarms.alarm);
  return new Map(rows.map(({ alarm, raised }) => [alarm, raised]));
}
