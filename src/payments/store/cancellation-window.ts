import { gt, sql, type SQL } from 'drizzle-orm';

import { events } from '../../catalog/index.ts';

/** SQL condition: Bookings of the Event can still be cancelled, which is until it starts, by the database's clock. */
export const isCancellable: SQL = gt(events.startsAt, sql`now()`);
