import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { waitingRoomAdmissions as admissions, waitingRooms } from '../tables.ts';

/** Position of an admission among all of its Event. */
export interface AdmissionPosition {
  generation: number;
  place: number;
}

/** Count the rooms of an Event that are open, or closed with visits that have no end in the log yet. */
export async function countUnsettledRooms(db: DbOrTx, eventId: string): Promise<number> {
  const [row] = await named(db, 'waiting-room.countUnsettledRooms')
    .select({ rooms: sql<number>`count(*)::int` })
    .from(waitingRooms)
    .where(and(eq(waitingRooms.eventId, eventId), eq(waitingRooms.isSettled, false)));
  return row!.rooms;
}

/** Move up to `limit` admissions of an Event whose row the caller has locked to the archive, in the order of their places. */
export async function archiveAdmissions(
  tx: Tx,
  eventId: string,
  { after, limit }: { after: AdmissionPosition | null; limit: number },
): Promise<{ moved: number; next: AdmissionPosition | null }> {
  const rows = await named(tx, 'waiting-room.lockAdmissionsToArchive')
    .select({ generation: admissions.generation, place: admissions.place })
    .from(admissions)
    .where(
      and(
        eq(admissions.eventId, eventId),
        after === null
          ? undefined
          : sql`(${admissions.generation}, ${admissions.place}) > (${after.generation}::int, ${after.place}::int)`,
      ),
    )
    .orderBy(asc(admissions.generation), asc(admissions.place))
    .limit(limit)
    .for('update');
  const last = rows.at(-1);
  if (last === undefined) return { moved: 0, next: null };
  const first = rows[0]!;
  const isInBatch = sql`event_id = ${eventId}
    and (generation, place) >= (${first.generation}::int, ${first.place}::int)
    and (generation, place) <= (${last.generation}::int, ${last.place}::int)`;
  await tx.execute(sql`
    /* waiting-room.copyAdmissions */
    insert into archived_waiting_room_admissions (${COLUMNS})
    select ${COLUMNS} from waiting_room_admissions where ${isInBatch}`);
  await tx.execute(sql`
    /* waiting-room.deleteAdmissions */
    delete from waiting_room_admissions where ${isInBatch}`);
  return { moved: rows.length, next: rows.length < limit ? null : last };
}

const COLUMNS = sql.raw(
  Object.values(getTableColumns(admissions))
    .map(({ name }) => name)
    .join(', '),
);
