import { sql } from 'drizzle-orm';

import { ticketIsFree, tickets } from '../booking/index.ts';
import type { DbOrTx } from '../platform/db/pool.ts';
import { STATUS_LETTERS } from './encoding.ts';

/**
 * Read the status letters of all places of an Event as one string, ordered by place: 100,000 rows leave Postgres as one
 * value of 100 kB, not as 100,000 objects. An expired hold reads as available.
 */
export async function readStatuses(db: DbOrTx, eventId: string): Promise<{ statuses: string; asOf: Date }> {
  const {
    rows: [row],
  } = await db.execute<{ statuses: string | null; asOf: string }>(sql`
    /* seat-map.readStatuses */
    select
      string_agg(
        case
          when ${ticketIsFree(tickets)} then ${STATUS_LETTERS.AVAILABLE}
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

/** Content of a board: the status letter of every place, and the version of its row in four bytes. */
export interface BoardContent {
  statuses: string;
  versions: Buffer;
}

/**
 * Read the content of a board, always from the primary. An expired hold is still reserved here: a board replicates the rows,
 * and the row changes when the sweeper or the next buyer updates it.
 */
export async function readBoardContent(db: DbOrTx, eventId: string): Promise<BoardContent> {
  const {
    rows: [row],
  } = await db.execute<{ statuses: string | null; versions: Buffer | null }>(sql`
    /* seat-map.readBoardContent */
    select
      string_agg(left(status::text, 1), '' order by place) as statuses,
      string_agg(int4send(version), ''::bytea order by place) as versions
    from tickets
    where event_id = ${eventId}`);
  return { statuses: row?.statuses ?? '', versions: row?.versions ?? Buffer.alloc(0) };
}
