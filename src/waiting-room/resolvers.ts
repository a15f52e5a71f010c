import { createHash } from 'node:crypto';

import type { Context, Resolvers } from '../generated/graphql.ts';
import { signedIn, type Viewer } from '../platform/auth/viewer.ts';
import type { Platform } from '../platform/index.ts';
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
    seedHash: ({ seed }) => createHash('sha256').update(seed).digest('hex'),
  },
  Mutation: {
    openWaitingRoom: resolveWith(openWaitingRoom),
    updateWaitingRoom: resolveWith(updateWaitingRoom),
    steerWaitingRoom: resolveWith(steerWaitingRoom),
    closeWaitingRoom: resolveWith(closeWaitingRoom),
  },
};

/** This process knows of the change as soon as its client does; others within two seconds. */
function resolveWith<Input, Outcome>(
  useCase: (platform: Platform, viewer: Viewer, input: Input) => Promise<Outcome>,
) {
  return async (_root: unknown, { input }: { input: Input }, context: Context): Promise<Outcome> => {
    const outcome = await useCase(context.platform, signedIn(context), input);
    await context.waitingRooms.refresh();
    return outcome;
  };
}
