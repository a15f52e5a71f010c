import type { CloseWaitingRoomInput, Context, Resolvers } from '../generated/graphql.ts';
import { signedIn, type Viewer } from '../platform/auth/viewer.ts';
import { decodeIdOf } from '../platform/ids.ts';
import type { Platform } from '../platform/index.ts';
import { readSuspects } from './challenge/entry-counts.ts';
import { drawPathOf, isDrawn, LIST_FILE, seedHashOf } from './draw/drawn-room.ts';
import { listAdmissions } from './figures/admission-log.ts';
import { findOwnRoom } from './figures/own-room.ts';
import { figuresOf } from './figures/room-figures.ts';
import { queueResolvers } from './join/queue-resolvers.ts';
import {
  closeWaitingRoom,
  openWaitingRoom,
  steerWaitingRoom,
  updateWaitingRoom,
} from './organiser/manage-rooms.ts';
import { stateOf } from './room-state.ts';

/** GraphQL resolvers of `schema/waiting-room.graphql`. */
export const resolvers: Resolvers = {
  Event: {
    waitingRoom: ({ id }, _args, { waitingRooms }) => waitingRooms.of(id),
  },
  WaitingRoom: {
    event: async ({ eventId }, _args, { loaders }) => {
      const event = await loaders.event.load(eventId);
      if (event === null) throw new Error(`there is no event ${eventId}`);
      return event;
    },
    state: (room) => stateOf(room),
    paused: ({ isPaused }) => isPaused,
    draining: ({ isDraining }) => isDraining,
    seedHash: seedHashOf,
    draw: (room) => (isDrawn(room) ? room : null),
    suspectedEntries: (room, _args, { platform }) =>
      room.requiresChallenge ? readSuspects(platform, room) : null,
    figures: figuresOf,
    admissions: (room, args, { platform }) => listAdmissions(platform.db, room, args),
  },
  WaitingRoomDraw: {
    seed: ({ seed }) => seed.toString('hex'),
    entries: ({ listed }) => listed,
    listPath: (room) => `${drawPathOf(room)}/${LIST_FILE}`,
  },
  QueueEntry: queueResolvers.QueueEntry,
  Query: {
    ...queueResolvers.Query,
    waitingRoom: (_root, { event, generation }, context) => findOwnRoom(context, event, generation ?? null),
    queueStatus: (_root, { event, token }, context) =>
      context.queueWatch.status(signedIn(context), decodeIdOf('Event', event)?.id, token ?? null),
  },
  Mutation: {
    ...queueResolvers.Mutation,
    openWaitingRoom: resolveWith(openWaitingRoom),
    updateWaitingRoom: resolveWith(updateWaitingRoom),
    steerWaitingRoom: resolveWith(steerWaitingRoom),
    closeWaitingRoom: resolveWith(async (platform, viewer, input: CloseWaitingRoomInput, context) =>
      closeWaitingRoom(platform, viewer, input, await countInLine(context, input)),
    ),
  },
};

/** Count who waits and shops in front of an Event; null: it is not asked, the Event has no room, or Redis is away. */
async function countInLine(
  { waitingRooms, queue }: Context,
  { event, evenIfOccupied }: CloseWaitingRoomInput,
) {
  if (evenIfOccupied) return null;
  const eventId = decodeIdOf('Event', event)?.id;
  const room = eventId === undefined ? null : await waitingRooms.of(eventId);
  const counted = room && (await queue.line.count(room));
  return counted && { generation: room.generation, ...counted };
}

/** This process knows of the change as soon as its client does; others within two seconds. */
function resolveWith<Input, Outcome>(
  useCase: (platform: Platform, viewer: Viewer, input: Input, context: Context) => Promise<Outcome>,
) {
  return async (_root: unknown, { input }: { input: Input }, context: Context): Promise<Outcome> => {
    const outcome = await useCase(context.platform, signedIn(context), input, context);
    await context.waitingRooms.refresh();
    return outcome;
  };
}
