import { and, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { tickets } from '../tables.ts';
import { areTickets } from './columns.ts';

/** Tickets of one tier of an Event, as their rows say: a hold that has run out counts until it is swept. */
export interface TicketCounts {
  eventId: string;
  tier: number;
  total: number;
  available: number;
  sold: number;
}

/** Count the tickets of Events by tier. It reads all of them: pass few Events. */
export async function countTicketsByTier(db: DbOrTx, eventIds: readonly string[]): Promise<TicketCounts[]> {
  const ids = sql`${sql.param(eventIds)}::uuid[]`;
  const { rows } = await db.execute<TicketCounts & Record<string, unknown>>(sql`
    /* booking.countTicketsByTier */
    select wanted.event_id as "eventId", counted.tier, counted.total, counted.available, counted.sold
    from unnest(${ids}) as wanted (event_id)
    cross join lateral (
      select ${tickets.tier}, count(*)::int as total,
        (count(*) filter (where ${tickets.status} = 'AVAILABLE'))::int as available,
        (count(*) filter (where ${tickets.status} = 'SOLD'))::int as sold
      from ${tickets}
      where ${tickets.eventId} = wanted.event_id and ${tickets.eventId} = any(${ids})
      group by ${tickets.tier}
      offset 0
    ) as counted`);
  return rows;
}

/** Whether one of these places of an Event is available, as its row says. */
export async function isAnyAvailable(
  db: DbOrTx,
  eventId: string,
  places: readonly number[],
): Promise<boolean> {
  const [found] = await named(db, 'booking.isAnyAvailable')
    .select({ place: tickets.place })
    .from(tickets)
    .where(and(areTickets(eventId, places), eq(tickets.status, 'AVAILABLE')))
    .limit(1);
  return found !== undefined;
}
