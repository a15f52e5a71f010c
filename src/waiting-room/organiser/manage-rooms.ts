import {
  changesBetween,
  eventNotChangeable,
  eventNotFound,
  isComplete,
  lockEvent,
  readChanges,
  readNewFields,
  readNow,
  recordAudit,
  type EventRow,
} from '../../catalog/index.ts';
import type {
  CloseWaitingRoomInput,
  FieldProblem,
  OpenWaitingRoomInput,
  SteerWaitingRoomInput,
  UpdateWaitingRoomInput,
} from '../../generated/graphql.ts';
import { mayActFor, type Viewer } from '../../platform/auth/viewer.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { CodedError } from '../../platform/errors.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import { forgetRoom } from '../admission/forget-room.ts';
import {
  waitingRoomClosed,
  waitingRoomExists,
  waitingRoomNotFound,
  waitingRoomOccupied,
  waitingRoomOpened,
  waitingRoomUpdated,
} from '../outcomes.ts';
import { closeRoom, countRoomsOf, insertRoom, lockRoom, updateRoom, type RoomRow } from '../store/rooms.ts';
import { MAX_OPEN_ROOMS_PER_ORGANISER, openingProblems, ROOM_RULES } from './room-rules.ts';

type RoomPlatform = Pick<Platform, 'db' | 'metrics'>;

/** Open a waiting room in front of an organiser's own Event. Throws SERVICE_UNAVAILABLE on a server without Redis, which has the line. */
export async function openWaitingRoom(
  platform: RoomPlatform & Pick<Platform, 'redis'>,
  viewer: Viewer,
  input: OpenWaitingRoomInput,
) {
  if (platform.redis.connection === null)
    throw new CodedError(
      'SERVICE_UNAVAILABLE',
      'A waiting room needs Redis, which this server runs without.',
    );
  const { fields, problems } = readNewFields(ROOM_RULES, input, []);
  return changeOwn(
    platform,
    viewer,
    { useCase: 'openWaitingRoom', event: input.event },
    async (tx, event) => {
      if (event.status === 'CANCELLED') return eventNotChangeable(event, 'The Event was cancelled.');
      if (fields.opensAt !== undefined)
        problems.push(...openingProblems(fields.opensAt, event, await readNow(tx)));
      if (!isComplete<typeof ROOM_RULES>(fields, problems)) return invalidInput(problems);
      const existing = await lockRoom(tx, event.id);
      if (existing !== null) return waitingRoomExists(existing);
      if (await hasMostRooms(tx, event)) return invalidInput([TOO_MANY_ROOMS]);
      const opened = await insertRoom(tx, event.id, fields);
      await recordAudit(tx, viewer, event, 'openWaitingRoom', changesBetween({}, fields));
      return waitingRoomOpened(opened);
    },
  );
}

const TOO_MANY_ROOMS: FieldProblem = {
  path: ['event'],
  message: `is of an organiser with ${MAX_OPEN_ROOMS_PER_ORGANISER} open waiting rooms: close one first`,
};

/** Calls at the same time may pass it by one each. */
const hasMostRooms = async (tx: Tx, { organiserId }: EventRow): Promise<boolean> =>
  organiserId !== null &&
  (await countRoomsOf(tx, organiserId, MAX_OPEN_ROOMS_PER_ORGANISER)) >= MAX_OPEN_ROOMS_PER_ORGANISER;

/** Change the settings of a room, also while it runs. */
export function updateWaitingRoom(platform: RoomPlatform, viewer: Viewer, input: UpdateWaitingRoomInput) {
  const { fields, problems } = readChanges(ROOM_RULES, input, []);
  return changeOwnRoom(
    platform,
    viewer,
    { useCase: 'updateWaitingRoom', event: input.event },
    async (tx, room, event) => {
      if (fields.opensAt !== undefined) {
        // under the lock of the room: its controller has read it before, or reads it after the change
        const now = await readNow(tx);
        problems.push(
          ...(room.phase === 'BEFORE_OPENING' && room.opensAt > now
            ? openingProblems(fields.opensAt, event, now)
            : [{ path: ['opensAt'], message: 'cannot change: it has passed' }]),
        );
      }
      if (problems.length > 0) return invalidInput(problems);
      const changes = changesBetween(room, fields);
      if (changes.length > 0) await recordAudit(tx, viewer, event, 'updateWaitingRoom', changes);
      return waitingRoomUpdated(Object.keys(fields).length === 0 ? room : await updateRoom(tx, room, fields));
    },
  );
}

const STEERED = {
  PAUSE: { isPaused: true },
  RESUME: { isPaused: false, isDraining: false },
  DRAIN: { isDraining: true },
} as const;

/** Pause, resume or drain a room. */
export function steerWaitingRoom(
  platform: RoomPlatform,
  viewer: Viewer,
  { event, action }: SteerWaitingRoomInput,
) {
  const request = { useCase: 'steerWaitingRoom', event } as const;
  return changeOwnRoom(platform, viewer, request, async (tx, room, own) => {
    const changes = changesBetween(room, STEERED[action]);
    if (changes.length > 0) await recordAudit(tx, viewer, own, 'steerWaitingRoom', changes);
    return waitingRoomUpdated(await updateRoom(tx, room, STEERED[action]));
  });
}

/** How many wait and shop. */
type Occupants = Pick<RoomRow, 'generation' | 'waiting' | 'inside'>;

/**
 * Close a room: if viewers wait or shop only when that is asked for. `inLine`: what Redis counted a moment before, as the
 * controller notes its numbers seldom long before the opening; null: Redis is away.
 */
export async function closeWaitingRoom(
  platform: RoomPlatform & Pick<Platform, 'redis'>,
  viewer: Viewer,
  { event, evenIfOccupied }: CloseWaitingRoomInput,
  inLine: Occupants | null,
) {
  const request = { useCase: 'closeWaitingRoom', event } as const;
  const outcome = await changeOwnRoom(platform, viewer, request, async (tx, room, own) => {
    const counted = inLine?.generation === room.generation ? inLine : room;
    const waiting = Math.max(room.waiting, counted.waiting);
    const inside = Math.max(room.inside, counted.inside);
    if (!evenIfOccupied && waiting + inside > 0) return waitingRoomOccupied({ ...room, waiting, inside });
    await recordAudit(tx, viewer, own, 'closeWaitingRoom', []);
    return waitingRoomClosed(await closeRoom(tx, room));
  });
  // no worker may have known the room: opened and closed in a loop, rooms would fill Redis
  if (outcome.__typename === 'WaitingRoomClosed') await forgetRoom(platform, outcome.waitingRoom);
  return outcome;
}

interface Request {
  useCase: 'openWaitingRoom' | 'updateWaitingRoom' | 'steerWaitingRoom' | 'closeWaitingRoom';
  event: string;
}

/** Run a change in a transaction that has locked the viewer's own Event. */
async function changeOwn<Outcome extends { __typename: string }>(
  platform: RoomPlatform,
  viewer: Viewer,
  { useCase, event: globalId }: Request,
  change: (tx: Tx, event: EventRow) => Promise<Outcome>,
) {
  const eventId = decodeIdOf('Event', globalId)?.id;
  const outcome =
    eventId === undefined
      ? eventNotFound()
      : await inTransaction(platform, 'waitingRoom.changeRoom', async (tx) => {
          const event = await lockEvent(tx, eventId);
          return event === null || !mayActFor(viewer, event.organiserId)
            ? eventNotFound()
            : change(tx, event);
        });
  return countOutcome(platform, useCase, outcome);
}

/** The same, of the Event's room that is not closed. */
function changeOwnRoom<Outcome extends { __typename: string }>(
  platform: RoomPlatform,
  viewer: Viewer,
  request: Request,
  change: (tx: Tx, room: RoomRow, event: EventRow) => Promise<Outcome>,
) {
  return changeOwn(platform, viewer, request, async (tx, event) => {
    const room = await lockRoom(tx, event.id);
    return room === null ? waitingRoomNotFound() : change(tx, room, event);
  });
}
