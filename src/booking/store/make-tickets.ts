import { sql } from 'drizzle-orm';

import type { Tx } from '../../platform/db/pool.ts';

/** Places of one tier; `first` and `last` are included. */
export interface TierRange {
  first: number;
  last: number;
  tier: number;
}

/** Insert the tickets of an Event in one statement; returns their number. */
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
