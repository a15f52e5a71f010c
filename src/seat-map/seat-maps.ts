import type { Viewer } from '../platform/auth/viewer.ts';
import { badInput, type CodedError } from '../platform/errors.ts';
import type { SeatMapDelta } from './merge-deltas.ts';
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
  /** Tell whether somebody follows the map in this process. */
  isFollowed(eventId: string): boolean;
  /** Have `listener` called with the key of the Event as soon as a map changes that is followed in this process. */
  onChange(listener: (eventId: string) => void): void;
  /** Say which Events have changed in the catalogue: what is followed of them is compared at once. Null: nobody knows which. */
  eventsChanged(eventIds: readonly string[] | null): void;
}

/** The map of one Event, kept in step for all who follow it in this process. */
export interface SeatMapChannel {
  /**
   * Let somebody begin to follow. The answer is what to send at once: what was missed after the cursor, or a whole map;
   * from then on the follower hears of everything. Throws BAD_USER_INPUT for what is no cursor, and the refusal of an
   * Event that this viewer may not see.
   */
  join(after: string | null, follower: SeatMapSubscriber): readonly SeatMapUpdate[];
  /** Let go of a follower. */
  leave(follower: SeatMapSubscriber): void;
}

/** Somebody who follows a map. */
export interface SeatMapSubscriber {
  /** Who that is. */
  readonly viewer: Viewer | null;
  /** Called with every update, in order, none missing and none twice; all followers of an Event are given the same object. */
  onUpdate(update: SeatMapUpdate): void;
  /** Called once if the viewer may follow no longer, with what they would be told if they asked now. Nothing comes after it. */
  end(refusal: CodedError): void;
}

/** The refusal of an Event that has no map, or none for this viewer: whether it is there is nobody's business. */
export const noSeatMap = (): CodedError => badInput('event', 'has no seat map, or none that you may see');
