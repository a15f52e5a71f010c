import { and, desc, eq, lt } from 'drizzle-orm';

import type { Viewer } from '../../platform/auth/viewer.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { eventAudit } from '../tables.ts';
import type { EventRow } from './reads.ts';

/** A row of `event_audit`. */
export type AuditRow = typeof eventAudit.$inferSelect;

/** What a mutation changed: a field, and its value before and after; null: it had or has none. */
export interface AuditChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** Of a value: a description of 10,000 characters would be kept twice with each change. */
const MAX_VALUE_LENGTH = 200;
/** Of an entry: 50 price tiers with a name and a price each. */
const MAX_CHANGES = 100;

/** Values that are recorded; `undefined` is not given. */
type Audited = string | number | boolean | Date | readonly (string | number)[] | null | undefined;

/** The changes between two states of some fields, in the order of `after`; what is equal is left out. */
export function changesBetween(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): AuditChange[] {
  return Object.entries(after).flatMap(([field, value]) => {
    const change = {
      field,
      before: textOf(before[field] as Audited),
      after: textOf(value as Audited),
    };
    return change.before === change.after ? [] : [change];
  });
}

function textOf(value: Audited): string | null {
  if (value === null || value === undefined) return null;
  return value instanceof Date
    ? value.toISOString()
    : Array.isArray(value)
      ? value.join(', ')
      : String(value);
}

const shorten = (text: string | null): string | null =>
  text === null || text.length <= MAX_VALUE_LENGTH
    ? text
    : `${text.slice(0, MAX_VALUE_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;

/**
 * Record who changed what at an Event, in the transaction of the change: there is no change without its entry. The caller has
 * checked that the viewer may act for the organiser.
 */
export async function recordAudit(
  tx: Tx,
  viewer: Viewer,
  { id, organiserId }: Pick<EventRow, 'id' | 'organiserId'>,
  mutation: string,
  changes: readonly AuditChange[],
): Promise<void> {
  await named(tx, 'catalog.recordAudit')
    .insert(eventAudit)
    .values({
      eventId: id,
      actor: viewer.id,
      byAdministrator: viewer.id !== organiserId,
      mutation,
      changes: changes
        .slice(0, MAX_CHANGES)
        .map(({ field, before, after }) => ({ field, before: shorten(before), after: shorten(after) })),
    });
}

/** Read a page of the audit trail of an Event, newest first. */
export const readAuditTrail = (
  db: DbOrTx,
  eventId: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<AuditRow[]> =>
  named(db, 'catalog.readAuditTrail')
    .select()
    .from(eventAudit)
    .where(and(eq(eventAudit.eventId, eventId), before === null ? undefined : lt(eventAudit.number, before)))
    .orderBy(desc(eventAudit.number))
    .limit(limit);
