import { eq, gt, or, sql, type SQL } from 'drizzle-orm';

import { events } from '../../catalog/index.ts';

/** SQL condition: Bookings of the Event can still be cancelled: until it starts, by the database's clock, or it was cancelled itself. */
export const isCancellable: SQL = or(gt(events.startsAt, sql`now()`), eq(events.status, 'CANCELLED'))!;
