import { sql } from 'drizzle-orm';

import {
  SETTLED_REFUND_STATUSES,
  statusesKeptFrom,
  statusesReplacedBy,
  type RefundState,
} from '../refund-status.ts';
import { bookings } from '../tables.ts';

const texts = (values: readonly string[]) => sql`${sql.param([...values])}::text[]`;

/** Condition: what was read of a refund changes what the row records. Part of the update, so that no stale read wins. */
export const changesRefund = ({ refundId, status }: RefundState) => sql`(
  ${bookings.refundStatus} is null
  or (${bookings.refundId} = ${refundId} and ${bookings.refundStatus} <> all (${texts(statusesKeptFrom(status))}))
  or (${bookings.refundId} is distinct from ${refundId} and ${bookings.refundStatus} = any (${texts(statusesReplacedBy(status))})))`;

/** Condition: a refund of the row is due or under way; predicate of the index `bookings_refund_unsettled`. */
export const hasUnsettledRefund = sql`${bookings.refundStatus} not in (${sql.raw(
  SETTLED_REFUND_STATUSES.map((status) => `'${status}'`).join(', '),
)})`;
