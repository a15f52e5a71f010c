import { eq, gt, or, sql, type SQL } from 'drizzle-orm';

import { events } from '../../catalog/index.ts';

/** SQL expression: until when Bookings of the Event can be cancelled: as its organiser says, at the latest until it starts. */
const cancellationEnd = sql`least(coalesce(${events.cancellationEndsAt}, ${events.startsAt}), ${events.startsAt})`;

/** SQL condition: Bookings of the Event can still be cancelled, by the database's clock, or it was cancelled itself. */
export const isCancellable: SQL = or(gt(cancellationEnd, sql`now()`), eq(events.status, 'CANCELLED'))!;
