import type { QueueState } from '../../generated/graphql.ts';
import type { EntryState } from '../line/entry-state.ts';
import type { RoomRow } from '../store/rooms.ts';
import { writeEntryToken } from '../tokens/entries.ts';
import { writePass } from '../tokens/passes.ts';
import type { LineView } from './line-view.ts';
import type { WaitRange } from './wait-estimates.ts';

/** The schema's `QueueStatus`: leaf fields only, so that it is written without an execution for each viewer. */
export interface QueueStatus {
  readonly __typename: 'QueueStatus';
  readonly state: QueueState;
  readonly entry: string | null;
  readonly token: string | null;
  readonly place: number | null;
  readonly peopleAhead: number | null;
  readonly minWaitSeconds: number | null;
  readonly maxWaitSeconds: number | null;
  readonly opensAt: Date | null;
  readonly pass: string | null;
  readonly visitEndsAt: Date | null;
  readonly secondsLeft: number | null;
  /** What a subscription resumes after: the token. */
  readonly cursor: string;
  readonly isForOneViewer: true;
}

/** States after which nothing follows. */
const LAST_STATES: ReadonlySet<QueueState> = new Set(['ADMITTED', 'GONE', 'NOT_JOINED', 'CLOSED']);

/** Whether a subscription ends with this state. */
export const isLast = (state: QueueState): boolean => LAST_STATES.has(state);

/**
 * Where an entry stands that the line has not reached. With a place it waits, as joining said, although this process may not know
 * of the opening yet.
 */
export function stateInLine(
  room: Pick<RoomRow, 'isPaused'>,
  view: Pick<LineView, 'numbers'>,
  place: number | null,
): QueueState {
  if (place === null) return 'BEFORE_OPENING';
  if (view.numbers.isSoldOut) return 'SOLD_OUT';
  return room.isPaused ? 'PAUSED' : 'WAITING';
}

/** Whether all who wait see another state. */
export const isShownOtherwise = (a: RoomRow, b: RoomRow): boolean =>
  a.phase !== b.phase || a.isPaused !== b.isPaused || a.opensAt.getTime() !== b.opensAt.getTime();

const NOTHING = {
  __typename: 'QueueStatus',
  isForOneViewer: true,
  ...{ entry: null, token: null, place: null, peopleAhead: null, minWaitSeconds: null, maxWaitSeconds: null },
  ...{ opensAt: null, pass: null, visitEndsAt: null, secondsLeft: null, cursor: '' },
} as const;

/** Status without a waiting room. */
export const closedStatus = (): QueueStatus => ({ ...NOTHING, state: 'CLOSED' });

/** Status of an entry in the line. `token` carries its place. */
export const statusInLine = (
  room: RoomRow,
  entry: { entry: string; token: string; place: number | null },
  line: { state: QueueState; peopleAhead: number | null; wait: WaitRange | null },
): QueueStatus => ({
  __typename: 'QueueStatus',
  isForOneViewer: true,
  state: line.state,
  entry: entry.entry,
  token: entry.token,
  place: entry.place,
  peopleAhead: line.peopleAhead,
  minWaitSeconds: line.wait?.min ?? null,
  maxWaitSeconds: line.wait?.max ?? null,
  opensAt: room.opensAt,
  pass: null,
  visitEndsAt: null,
  secondsLeft: null,
  cursor: entry.token,
});

/** Status of an entry that is not in the line: admitted, gone, or unknown. */
export function statusOutside(
  room: RoomRow,
  { viewerId, entry }: { viewerId: string; entry: string },
  state: Extract<EntryState, { kind: 'admitted' | 'gone' }> | null,
  now: number,
): QueueStatus {
  const common = { ...NOTHING, entry, opensAt: room.opensAt };
  if (state === null) return { ...common, state: 'NOT_JOINED' };
  if (state.kind === 'gone') return { ...common, state: 'GONE', place: state.place };
  const { place, visitEndsAt } = state;
  const token = writeEntryToken(room, viewerId, { place });
  return {
    ...common,
    ...{ state: 'ADMITTED', token, cursor: token, place, visitEndsAt },
    pass: writePass(room, viewerId, { place, endsAt: visitEndsAt }),
    secondsLeft: Math.max(0, Math.floor((visitEndsAt.getTime() - now) / 1_000)),
  };
}
