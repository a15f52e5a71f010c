import { and, eq, getTableColumns, gt, isNull, lte, ne, or, sql, type SQL } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { waitingRooms } from '../tables.ts';
import { closeRoom, isRoom, lockRoom, type RoomKey, type RoomRow } from './rooms.ts';

/** The clock of all controllers, as SQL: that of Postgres, unless a trial hands in another. */
export type ControllerClock = () => SQL;
/** The clock of Postgres. */
export const POSTGRES_CLOCK: ControllerClock = () => sql`now()`;

/** A controller that is killed is replaced within this and a tick. */
const LEASE_SECONDS = 5;

/** A room under the lease of a controller, and the time by the controllers' clock. */
export interface LeasedRoom {
  room: RoomRow;
  now: Date;
}

type Db = Pick<Platform, 'db' | 'metrics'>;

const until = (clock: ControllerClock) => sql`${clock()} + make_interval(secs => ${LEASE_SECONDS})`;
/** The end of a lease tells the time at which it was taken. */
const leased = (room: RoomRow | undefined): LeasedRoom | null =>
  room === undefined
    ? null
    : { room, now: new Date(room.controllerUntil!.getTime() - LEASE_SECONDS * 1_000) };

/**
 * Take the lease of a room that no other controller holds, with a higher fence. Null: another one has it, or the room is closed.
 * A lease that ends later than a new one would is void: the clock of Postgres was set back since.
 */
export async function takeLease(
  platform: Db,
  key: RoomKey,
  controller: string,
  clock: ControllerClock,
): Promise<LeasedRoom | null> {
  const [row] = await inTransaction(platform, 'waitingRoom.takeLease', (tx) =>
    named(tx, 'waiting-room.takeLease')
      .update(waitingRooms)
      .set({ controller, controllerUntil: until(clock), fence: sql`${waitingRooms.fence} + 1` })
      .where(
        and(
          isRoom(key),
          ne(waitingRooms.phase, sql`'CLOSED'`),
          or(
            isNull(waitingRooms.controllerUntil),
            lte(waitingRooms.controllerUntil, clock()),
            gt(waitingRooms.controllerUntil, until(clock)),
            eq(waitingRooms.controller, controller),
          ),
        ),
      )
      .returning(getTableColumns(waitingRooms)),
  );
  return leased(row);
}

/** SQL condition: the room is not closed, and its controller has this fence. */
const hasFence = (key: RoomKey, fence: number) =>
  and(isRoom(key), eq(waitingRooms.fence, fence), ne(waitingRooms.phase, sql`'CLOSED'`));

/** What a step of the controller tells of its room. */
export interface StepNumbers extends Pick<
  RoomRow,
  'waiting' | 'inside' | 'abandoned' | 'admittedPerMinute' | 'ticketsLeft' | 'ticketsHeld' | 'secondsToClear'
> {
  /** The line moved, or had no reason to. */
  hasProgress: boolean;
}

/** Renew a lease and note the numbers of the last step. Null: another controller took it, or the room is closed. */
export async function renewLease(
  platform: Db,
  key: RoomKey,
  fence: number,
  step: StepNumbers | null,
  clock: ControllerClock,
): Promise<LeasedRoom | null> {
  const [row] = await inTransaction(platform, 'waitingRoom.renewLease', (tx) =>
    named(tx, 'waiting-room.renewLease')
      .update(waitingRooms)
      .set({ controllerUntil: until(clock), ...(step === null ? {} : numbersOf(step, clock)) })
      .where(hasFence(key, fence))
      .returning(getTableColumns(waitingRooms)),
  );
  return leased(row);
}

/** The count in Redis begins anew where Redis lost the room before the opening: the higher one is right. */
const numbersOf = ({ hasProgress, abandoned, ...numbers }: StepNumbers, clock: ControllerClock) => ({
  ...numbers,
  abandoned: sql`greatest(${waitingRooms.abandoned}, ${abandoned}::int)`,
  figuresAt: clock(),
  ...(hasProgress ? { progressAt: clock() } : {}),
});

/** Raise the fence of a lease that is held: steps that are under way in the Redis of before are void. Null: it is held no more. */
export async function raiseFence(platform: Db, key: RoomKey, fence: number): Promise<RoomRow | null> {
  const [row] = await inTransaction(platform, 'waitingRoom.raiseFence', (tx) =>
    named(tx, 'waiting-room.raiseFence')
      .update(waitingRooms)
      .set({ fence: sql`${waitingRooms.fence} + 1` })
      .where(hasFence(key, fence))
      .returning(getTableColumns(waitingRooms)),
  );
  return row ?? null;
}

/** Give a lease back, for the next controller to take it at once. */
export async function releaseLease(
  platform: Db,
  key: RoomKey,
  fence: number,
  clock: ControllerClock,
): Promise<void> {
  await inTransaction(platform, 'waitingRoom.releaseLease', (tx) =>
    named(tx, 'waiting-room.releaseLease')
      .update(waitingRooms)
      .set({ controllerUntil: clock() })
      .where(hasFence(key, fence)),
  );
}

/** Close a room that was drained, if that is still what its organiser wants. */
export async function closeDrained(platform: Db, key: RoomKey, fence: number): Promise<RoomRow | null> {
  return inTransaction(platform, 'waitingRoom.closeDrained', async (tx) => {
    const room = await lockRoom(tx, key.eventId);
    const mayClose =
      room?.generation === key.generation && room.fence === fence && room.isDraining && room.phase === 'OPEN';
    return mayClose ? closeRoom(tx, key) : null;
  });
}
