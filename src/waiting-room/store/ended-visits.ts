import { sql } from 'drizzle-orm';

import type { DbOrTx } from '../../platform/db/pool.ts';
import { waitingRoomAdmissions as admissions } from '../tables.ts';
import type { RoomKey } from './rooms.ts';

/** A visit that ended. `endedAt` is the text of Postgres, which has microseconds. */
export interface EndedVisitRow extends RoomKey {
  place: number;
  visitEndsAt: number;
  endedAt: string;
}

/** Position in the visits of all rooms, in the order of their ends. */
export type EndedVisitPosition = Pick<EndedVisitRow, 'endedAt' | 'eventId' | 'place'>;

const FIRST_EVENT = '00000000-0000-0000-0000-000000000000';

/** Position before every visit that ended at an instant or later. */
export const endedFrom = (instant: Date): EndedVisitPosition => ({
  endedAt: instant.toISOString(),
  eventId: FIRST_EVENT,
  place: -1,
});

/** Read visits of rooms that ended after a position, oldest first; none whose end is further back than `graceSeconds`. */
export async function readEndedVisits(
  db: DbOrTx,
  rooms: readonly RoomKey[],
  { after, graceSeconds, limit }: { after: EndedVisitPosition; graceSeconds: number; limit: number },
): Promise<EndedVisitRow[]> {
  const eventIds = sql`${sql.param(rooms.map(({ eventId }) => eventId))}::uuid[]`;
  const generations = sql`${sql.param(rooms.map(({ generation }) => generation))}::int[]`;
  const { rows } = await db.execute<EndedVisitRow & Record<string, unknown>>(sql`
    /* waiting-room.readEndedVisits */
    select found."eventId", found.generation, found.place, found."endedAt"::text as "endedAt",
      extract(epoch from found."visitEndsAt")::float8 as "visitEndsAt"
    from unnest(${eventIds}, ${generations}) as wanted (event_id, generation)
    cross join lateral (
      select ${admissions.eventId} as "eventId", ${admissions.generation}, ${admissions.place},
        ${admissions.visitEndsAt} as "visitEndsAt", ${admissions.endedAt} as "endedAt"
      from ${admissions}
      where ${admissions.eventId} = wanted.event_id and ${admissions.eventId} = any(${eventIds})
        and ${admissions.generation} = wanted.generation
        and ${admissions.endedAt} >= ${after.endedAt}::timestamptz
        and ${admissions.visitEndsAt} > now() - make_interval(secs => ${graceSeconds})
      offset 0
    ) as found
    where (found."endedAt", found."eventId", found.place) >
      (${after.endedAt}::timestamptz, ${after.eventId}::uuid, ${after.place}::int)
    order by found."endedAt", found."eventId", found.place
    limit ${limit}`);
  return rows;
}
