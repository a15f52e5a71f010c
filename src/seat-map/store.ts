import { sql } from 'drizzle-orm';

import type { DbOrTx } from '../platform/db/pool.ts';

/** The characters of `SeatMapSection.statuses`. */
export const STATUS_LETTERS = { AVAILABLE: 'A', RESERVED: 'R', SOLD: 'S', BLOCKED: 'B' } as const;

/**
 * Read the status of every place of the Event as one string, in order of place: a hundred thousand rows leave
 * Postgres as one value of 100 kB, not as a hundred thousand objects. A hold that has run out reads as available.
 */
export async function readStatuses(db: DbOrTx, eventId: string): Promise<{ statuses: string; asOf: Date }> {
  const [row] = await db.execute<{ statuses: string | null; asOf: string }>(sql`
    /* seat-map.readStatuses */
    select
      string_agg(
        case
          when status = 'AVAILABLE' or (status = 'RESERVED' and held_until <= now()) then ${STATUS_LETTERS.AVAILABLE}
          when status = 'RESERVED' then ${STATUS_LETTERS.RESERVED}
          when status = 'SOLD' then ${STATUS_LETTERS.SOLD}
          else ${STATUS_LETTERS.BLOCKED}
        end,
        '' order by place
      ) as statuses,
      (extract(epoch from now()) * 1000)::text as "asOf"
    from tickets
    where event_id = ${eventId}`);
  return { statuses: row?.statuses ?? '', asOf: new Date(Math.floor(Number(row?.asOf))) };
}
