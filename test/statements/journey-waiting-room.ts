import { sql } from 'drizzle-orm';

import { readStock } from '../../src/booking/index.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { drawPathOf } from '../../src/waiting-room/draw/drawn-room.ts';
import { closeOverRooms, endVisitOfBuyer } from '../../src/waiting-room/index.ts';
import { roomKeys } from '../../src/waiting-room/line/keys.ts';
import { Line } from '../../src/waiting-room/line/line.ts';
import { findRoom } from '../../src/waiting-room/store/admission-log.ts';
import { POSTGRES_CLOCK, releaseLease } from '../../src/waiting-room/store/lease.ts';
import { noteBegin } from '../../src/waiting-room/store/places.ts';
import { insertRoom, readRooms, updateRoom } from '../../src/waiting-room/store/rooms.ts';
import { entryOf } from '../../src/waiting-room/tokens/entries.ts';
import { until } from '../support/checkout-world.ts';
import { forget } from '../waiting-room/own-room.ts';
import type { JourneyWorld } from './journey-world.ts';

/** The worker opens a room, admits, ends visits, restores what Redis lost, and closes the drained room. */
export async function waitingRoomJourney({ platform, onSale, url }: JourneyWorld): Promise<void> {
  if (platform.redis.connection === null) return; // there is no line
  const { id: eventId } = await onSale({ seats: 20 });
  const line = new Line(platform);
  await inTransaction(platform, 'waitingRoom.changeRoom', (tx) =>
    insertRoom(tx, eventId, {
      ...{
        opensAt: new Date(Date.now() + 2_000),
        capacity: 2,
        admissionsPerMinute: 6_000,
        visitSeconds: 600,
      },
      ...{
        graceSeconds: 60,
        order: 'SHUFFLED',
        protectsSeatMap: true,
        keepsPlaces: true,
        requiresChallenge: false,
      },
    }),
  );
  const room = async () => (await readRooms(platform.db)).find((each) => each.eventId === eventId);
  const before = (await room())!;
  const viewers = ['ana', 'ben', 'cleo', 'dan', 'eva'];
  const entries = viewers.map((viewer) => entryOf(before, viewer));
  for (const entry of entries) await line.join(before, entry);
  const inside = async () => {
    let admitted: string[] = [];
    await until(async () => {
      const row = await room();
      const states = row === undefined ? null : await line.find(row, entries);
      admitted = viewers.filter((_, index) => states?.[index]?.kind === 'admitted');
      if (admitted.length < 2) throw new Error('not admitted yet');
    });
    return admitted;
  };
  const [first, second] = (await inside()) as [string, string];
  const row = (await room())!;
  await line.join(row, entryOf(row, 'finn')); // beyond the places of the list
  await line.leave(row, entryOf(row, first));
  await endVisitOfBuyer(platform, line, { eventId, viewerId: second, reservedAt: async () => new Date() });
  await inside();
  for (const demand of [0, 1_000_000]) await readStock(platform.db, eventId, { demand, maxHolders: 100_000 });
  await closeOverRooms(platform);
  await noteBegin(platform, row); // as if Redis had lost it before the opening
  await forget(platform, row);
  await inside();
  await inTransaction(platform, 'waitingRoom.changeRoom', (tx) => updateRoom(tx, row, { capacity: 2 }));
  await releaseLease(platform, row, (await room())!.fence, POSTGRES_CLOCK);
  for (const viewer of [...viewers, 'finn']) await line.leave(row, entryOf(row, viewer));
  await platform.db.execute(
    sql`update waiting_rooms set is_draining = true, is_paused = true where event_id = ${eventId}`,
  );
  const [meta] = roomKeys(platform.redis.prefix, row);
  await platform.redis.connection.hset(meta!, 'settlesAt', 0); // tokens have had their time to come back
  await until(async () => {
    const current = await room();
    for (const viewer of viewers) if (current) await line.leave(current, entryOf(current, viewer));
    if (current !== undefined) throw new Error('not closed yet');
  });
  await until(async () => {
    const closed = await findRoom(platform.db, eventId, 1);
    if (!closed?.isSettled) throw new Error('visits go on');
  });
  await until(async () => {
    const draw = await fetch(`${url}${drawPathOf(row)}/draw.json`); // of a closed room
    if (draw.status !== 200) throw new Error(`no draw: ${draw.status}`);
  });
}
