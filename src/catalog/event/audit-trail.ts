import { z } from 'zod';

import { connectionOf, Cursors, type Connection } from '../../platform/connections.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { readAuditTrail, type AuditRow } from '../store/audit-trail.ts';

/** A cursor is the number of an entry. */
const cursors = new Cursors(z.object({ number: z.int().min(1) }));

/** A page of the audit trail of an Event, newest first. */
export async function listAuditTrail(
  db: DbOrTx,
  eventId: string,
  args: { first?: number | null | undefined; after?: string | null | undefined },
): Promise<Connection<AuditRow>> {
  const page = cursors.readPage(args);
  const rows = await readAuditTrail(db, eventId, {
    before: page.after?.number ?? null,
    limit: page.limit + 1,
  });
  return connectionOf(rows, page, ({ number }) => cursors.write({ number }));
}
