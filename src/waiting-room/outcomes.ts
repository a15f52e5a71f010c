import type { Viewer } from '../platform/auth/viewer.ts';
import type { EntryState } from './line/entry-state.ts';
import type { RoomRow } from './store/rooms.ts';

// Outcomes of the mutations. Each tag is the name of a type in the schema, where it is described.

/** Outcome: the room was made. */
export const waitingRoomOpened = (waitingRoom: RoomRow) =>
  ({ __typename: 'WaitingRoomOpened', waitingRoom }) as const;

/** Outcome: the room was changed. */
export const waitingRoomUpdated = (waitingRoom: RoomRow) =>
  ({ __typename: 'WaitingRoomUpdated', waitingRoom }) as const;

/** Outcome: the room is closed. */
export const waitingRoomClosed = (waitingRoom: RoomRow) =>
  ({ __typename: 'WaitingRoomClosed', waitingRoom }) as const;

/** Refusal: the Event has a room. */
export const waitingRoomExists = (waitingRoom: RoomRow) =>
  ({
    __typename: 'WaitingRoomExists',
    message: 'The Event has a waiting room already. Change it, or close it first.',
    waitingRoom,
  }) as const;

/** Refusal: the Event has no room. */
export const waitingRoomNotFound = () =>
  ({ __typename: 'WaitingRoomNotFound', message: 'The Event has no waiting room.' }) as const;

/** Refusal: the Event needs admission, which the viewer does not have. */
export const admissionRequired = (waitingRoom: RoomRow) =>
  ({
    __typename: 'AdmissionRequired',
    message: 'The Event has a waiting room. Join it, and reserve with the pass that it gives.',
    waitingRoom,
    waiting: waitingRoom.waiting,
  }) as const;

/** Refusal: viewers wait or shop. */
export const waitingRoomOccupied = ({ waiting, inside }: Pick<RoomRow, 'waiting' | 'inside'>) =>
  ({
    __typename: 'WaitingRoomOccupied',
    message: `The room is occupied (waiting: ${waiting}, inside: ${inside}). Drain it, or close it with \`evenIfOccupied\`.`,
    waiting,
    inside,
  }) as const;

/** The state of an entry that is not gone. */
export type LiveEntryState = Exclude<EntryState, { kind: 'gone' }>;

/** A viewer's own entry. */
export interface OwnEntry {
  room: RoomRow;
  viewer: Viewer;
  entry: string;
  state: LiveEntryState;
}

/** Outcome: the viewer has an entry. */
export const queueJoined = (
  room: RoomRow,
  viewer: Viewer,
  { entry, state }: { entry: string; state: LiveEntryState },
) => ({
  __typename: 'QueueJoined' as const,
  entry: { room, viewer, entry, state } satisfies OwnEntry,
  waitingRoom: room,
});

/** Outcome: the viewer has no entry. */
export const queueLeft = (waitingRoom: RoomRow) => ({ __typename: 'QueueLeft', waitingRoom }) as const;

/** Refusal: the room takes no new entries. */
export const waitingRoomDraining = () =>
  ({ __typename: 'WaitingRoomDraining', message: 'The waiting room takes no new entries.' }) as const;

/** Refusal: no solution was sent. */
export const challengeRequired = () =>
  ({
    __typename: 'ChallengeRequired',
    message: 'Joining takes the solution of a challenge. Get one from `queueChallenge`.',
  }) as const;

/** Refusal: the same for every reason, so that it helps no attacker. */
export const challengeRefused = () =>
  ({
    __typename: 'ChallengeRefused',
    message: 'The solution was not accepted. Get another challenge from `queueChallenge`.',
  }) as const;

/** Refusal: the same for every reason, so that it helps no attacker. */
export const entryTokenRefused = () =>
  ({
    __typename: 'EntryTokenRefused',
    message: 'The token is not one of your entry in this waiting room. Join without it.',
  }) as const;
