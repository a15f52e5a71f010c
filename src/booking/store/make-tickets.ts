import { sql } from 'drizzle-orm';

import type { Tx } from '../../platform/db/pool.ts';

/** Places `first` to `last`, both included, of one tier. */
export interface TierRange {
  first: number;
  last: number;
  tier: number;
}

/** Make the tickets of an Event in one statement; returns how many. */
export async function makeTickets(tx: Tx, eventId: string, ranges: readonly TierRange[]): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    /* booking.makeTickets */
    insert into tickets (event_id, place, tier)
    select ${eventId}, place, range.tier
    from unnest(
      ${sql.param(ranges.map(({ first }) => first))}::int[],
      ${sql.param(ranges.map(({ last }) => last))}::int[],
      ${sql.param(ranges.map(({ tier }) => tier))}::smallint[]
    ) as range(first, last, tier)
    cross join generate_series(range.first, range.last) as place`);
  return rowCount ?? 0;
}
