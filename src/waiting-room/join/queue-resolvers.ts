import type { Resolvers } from '../../generated/graphql.ts';
import { signedIn } from '../../platform/auth/viewer.ts';
import { writeEntryToken } from '../tokens/entries.ts';
import { writePass } from '../tokens/passes.ts';
import { joinQueue } from './join-queue.ts';
import { leaveQueue } from './leave-queue.ts';
import { offerChallenge } from './offer-challenge.ts';
import { joinerOf } from './queue.ts';

const STATES = { 'before-opening': 'BEFORE_OPENING', waiting: 'WAITING', admitted: 'ADMITTED' } as const;

/** Resolvers of joining and leaving. */
export const queueResolvers = {
  Query: {
    queueChallenge: (_root, { event }, context) => offerChallenge(context.queue, joinerOf(context), event),
  },
  Mutation: {
    joinQueue: (_root, { input }, context) => joinQueue(context.queue, joinerOf(context), input),
    leaveQueue: (_root, { input }, context) => leaveQueue(context.queue, signedIn(context), input),
  },
  QueueEntry: {
    id: ({ entry }) => entry,
    state: ({ state }) => STATES[state.kind],
    place: ({ state }) => (state.kind === 'before-opening' ? null : state.place),
    token: ({ room, viewer, state }) =>
      writeEntryToken(room, viewer.id, { place: state.kind === 'before-opening' ? null : state.place }),
    pass: ({ room, viewer, state }) =>
      state.kind === 'admitted'
        ? writePass(room, viewer.id, { place: state.place, endsAt: state.visitEndsAt })
        : null,
    visitEndsAt: ({ state }) => (state.kind === 'admitted' ? state.visitEndsAt : null),
  },
} satisfies Resolvers;
