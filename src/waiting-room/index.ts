/**
 * The waiting room in front of a sale: joining, the line, admission.
 *
 * Reading order: docs/decisions/0039 → tables → room-state → organiser → tokens → live-rooms → resolvers.
 */
export { LiveRooms } from './live-rooms.ts';
export { resolvers } from './resolvers.ts';
export { type RoomRow } from './store/rooms.ts';
