import { sql } from 'drizzle-orm';

import type { DbOrTx } from '../platform/db/pool.ts';
import { STATUS_LETTERS } from './encoding.ts';

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

/** What a board is filled with: each place's letter as its row says, and the row's version in four bytes. */
export interface BoardContent {
  letters: string;
  versions: Buffer;
}

/**
 * Read what a board is filled with. Here a hold that has run out is still reserved: a board follows the rows, and the
 * row changes when the sweeper, or the next buyer, writes it down. It has to be read from the primary.
 */
export async function readBoardContent(db: DbOrTx, eventId: string): Promise<BoardContent> {
  const [row] = await db.execute<{ letters: string | null; versions: Buffer | null }>(sql`
    /* seat-map.readBoardContent */
    select
      string_agg(left(status::text, 1), '' order by place) as letters,
      string_agg(int4send(version), ''::bytea order by place) as versions
    from tickets
    where event_id = ${eventId}`);
  return { letters: row?.letters ?? '', versions: row?.versions ?? Buffer.alloc(0) };
}
