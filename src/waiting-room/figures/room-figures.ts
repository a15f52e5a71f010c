import type { WaitingRoomFigures } from '../../generated/graphql.ts';
import type { RoomRow } from '../store/rooms.ts';

/** Figures of a room, as the last step of its controller has written them. */
export const figuresOf = (room: RoomRow): WaitingRoomFigures & { __typename: 'WaitingRoomFigures' } => ({
  __typename: 'WaitingRoomFigures',
  asOf: room.figuresAt,
  waiting: room.waiting,
  inside: room.inside,
  admittedPerMinute: room.admittedPerMinute ?? 0,
  admitted: room.admitted,
  abandoned: room.abandoned,
  converted: room.bought,
  left: room.visitsLeft,
  expired: room.visitsExpired,
  ticketsLeft: room.ticketsLeft,
  ticketsHeld: room.ticketsHeld,
  secondsToClear: room.secondsToClear,
});
