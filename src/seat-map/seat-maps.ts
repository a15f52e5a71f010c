import type { Viewer } from '../platform/auth/viewer.ts';
import type { SeatMapDelta } from './deltas.ts';
import type { SeatMapSnapshot } from './snapshot.ts';

/** A whole map to start over from, or what changed since the last. The schema's `SeatMapUpdate`. */
export type SeatMapUpdate = (SeatMapSnapshot & { __typename: 'SeatMap' }) | SeatMapDelta;

/** The seat maps of Events: as they are, since some moment, and from now on. */
export interface SeatMaps extends AsyncDisposable {
  /** Read a map: from its board in Redis; from Postgres, and `stale`, when there is none to be had. Null: no such map for this viewer. */
  read(viewer: Viewer | null, eventId: string): Promise<SeatMapSnapshot | null>;
  /**
   * Read what changed since a cursor; a whole map where that cannot be told. Nothing new is a delta without places, whose
   * `sequence` is the one before its `fromSequence`. Throws BAD_USER_INPUT for what is no cursor.
   */
  since(viewer: Viewer | null, eventId: string, cursor: string): Promise<SeatMapUpdate | null>;
  /** Get hold of the map of an Event to follow it. There is one channel per Event and process, whoever asks. */
  follow(viewer: Viewer | null, eventId: string): Promise<SeatMapChannel | null>;
}

/** The map of one Event, kept in step for all who follow it in this process. */
export interface SeatMapChannel {
  /**
   * Begin to follow. `first` is what to send at once: what was missed after the cursor, or a whole map. From then on
   * `listener` is called with every update, in order, none missing and none twice; it must not throw. All listeners of
   * an Event are given the same object. Throws BAD_USER_INPUT for what is no cursor.
   */
  join(
    after: string | null,
    listener: (update: SeatMapUpdate) => void,
  ): { first: readonly SeatMapUpdate[]; leave: () => void };
}
