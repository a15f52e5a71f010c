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
    message: `The Event has a waiting room, and ${waitingRoom.waiting} wait in it. Join it, and reserve with the pass that it gives.`,
    waitingRoom,
    waiting: waitingRoom.waiting,
  }) as const;

/** Refusal: viewers wait or shop. */
export const waitingRoomOccupied = ({ waiting, inside }: Pick<RoomRow, 'waiting' | 'inside'>) =>
  ({
    __typename: 'WaitingRoomOccupied',
    message: `${waiting} viewers wait and ${inside} shop. Drain the room, or close it with \`evenIfOccupied\`.`,
    waiting,
    inside,
  }) as const;
