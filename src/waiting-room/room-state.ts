import type { WaitingRoomState } from '../generated/graphql.ts';
import type { RoomRow } from './store/rooms.ts';

/** The state that clients see. */
export function stateOf({
  phase,
  isPaused,
  isDraining,
}: Pick<RoomRow, 'phase' | 'isPaused' | 'isDraining'>): WaitingRoomState {
  if (phase !== 'OPEN') return phase;
  if (isPaused) return 'PAUSED';
  return isDraining ? 'DRAINING' : 'OPEN';
}
