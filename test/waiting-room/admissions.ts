import { and, eq, sql } from 'drizzle-orm';

import type { Db } from '../../src/platform/db/pool.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Platform } from '../../src/platform/index.ts';
import { insertRoom, isRoom, type RoomRow, type RoomSettings } from '../../src/waiting-room/store/rooms.ts';
import { waitingRoomAdmissions, waitingRooms } from '../../src/waiting-room/tables.ts';
import { entryOf } from '../../src/waiting-room/tokens/entries.ts';
import { writePass } from '../../src/waiting-room/tokens/passes.ts';
import { inDays } from '../support/seed.ts';

/** Make a room that moves. */
export async function makeRoom(
  platform: Pick<Platform, 'db' | 'metrics'>,
  eventId: string,
  settings: Partial<RoomSettings> = {},
): Promise<RoomRow> {
  const room = await inTransaction(platform, 'waitingRoom.changeRoom', (tx) =>
    insertRoom(tx, eventId, {
      opensAt: inDays(1),
      capacity: 100,
      admissionsPerMinute: 600,
      visitSeconds: 600,
      graceSeconds: 60,
      order: 'SHUFFLED',
      protectsSeatMap: true,
      keepsPlaces: false,
      requiresChallenge: false,
      ...settings,
    }),
  );
  await platform.db.update(waitingRooms).set({ phase: 'OPEN' }).where(isRoom(room));
  return { ...room, phase: 'OPEN' };
}

/** Admit a viewer at a place, and sign the pass. */
export async function admit(
  db: Db,
  room: RoomRow,
  viewerId: string,
  place: number,
  visitEndsAt = new Date(Date.now() + 600_000),
): Promise<string> {
  await db.insert(waitingRoomAdmissions).values({
    eventId: room.eventId,
    generation: room.generation,
    place,
    entry: entryOf(room, viewerId),
    admittedAt: new Date(),
    visitEndsAt,
  });
  const upTo = sql`greatest(${waitingRooms.served}, ${place})`;
  await db.update(waitingRooms).set({ placesReserved: upTo, served: upTo }).where(isRoom(room));
  return writePass(room, viewerId, { place, endsAt: visitEndsAt });
}

/** End the visit at a place. */
export async function endVisit(db: Db, { eventId, generation }: RoomRow, place: number): Promise<void> {
  await db
    .update(waitingRoomAdmissions)
    .set({ endedAt: sql`now()`, endedBy: 'LEFT' })
    .where(
      and(
        eq(waitingRoomAdmissions.eventId, eventId),
        eq(waitingRoomAdmissions.generation, generation),
        eq(waitingRoomAdmissions.place, place),
      ),
    );
}

/** Make a closed room whose log has an admission and its end for each place, in turn. */
export async function plantSettledRoom(db: Db, eventId: string, places: number): Promise<void> {
  await db.execute(sql`
    insert into waiting_rooms (event_id, generation, phase, opens_at, capacity, admissions_per_minute, visit_seconds,
      grace_seconds, "order", protects_seat_map, keeps_places, requires_challenge, key, seed, places_reserved, served,
      logged, is_settled, closed_at)
    values (${eventId}, 1, 'CLOSED', now(), 10, 10, 600, 60, 'SHUFFLED', true, false, true, '\\x00', '\\x00', ${places},
      ${places}, ${places * 2}, true, now())`);
  await db.execute(sql`
    insert into waiting_room_admissions (event_id, generation, place, entry, admitted_at, visit_ends_at, ended_at, ended_by,
      number, end_number)
    select ${eventId}, 1, place, lpad(place::text, 21, '0') || 'A', now(), now(), now(), 'BOUGHT', place * 2 - 1, place * 2
    from generate_series(1, ${places}::int) place`);
}
