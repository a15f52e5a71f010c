import type { Viewer } from '../platform/auth/viewer.ts';
import { badInput, type CodedError } from '../platform/errors.ts';
import type { Platform } from '../platform/index.ts';
import type { SeatMapDelta } from './merge-deltas.ts';
import type { SeatMapSnapshot } from './snapshot.ts';

export type SeatMapPlatform = Pick<Platform, 'db' | 'redis' | 'subscriptions' | 'log' | 'metrics'>;

/** A whole map, or the changes since the last update: the schema's `SeatMapUpdate`. */
export type SeatMapUpdate = (SeatMapSnapshot & { __typename: 'SeatMap' }) | SeatMapDelta;

/** The seat maps of Events: snapshots, changes since a cursor, and subscriptions. */
export interface SeatMaps extends AsyncDisposable {
  /** Read a map from its board in Redis, else from Postgres and `stale`. Null: no map that the viewer may see. */
  read(viewer: Viewer | null, eventId: string): Promise<SeatMapSnapshot | null>;
  /**
   * Read the changes since a cursor, or a whole map if they are not kept any more. Without changes: a delta without places,
   * whose `sequence` is `fromSequence - 1`. Throws BAD_USER_INPUT for an invalid cursor.
   */
  readSince(viewer: Viewer | null, eventId: string, cursor: string): Promise<SeatMapUpdate | null>;
  /** Read the availability by tier, at most a second old. Null: no map. */
  readTiers(eventId: string): Promise<SeatMapSnapshot['tiers'] | null>;
  /** Get the channel to join for an Event: one per Event and process. Null: no map that the viewer may see. */
  subscribe(viewer: Viewer | null, eventId: string): Promise<SeatMapChannel | null>;
  /** Whether the map of the Event is kept live in this process. */
  hasChannel(eventId: string): boolean;
  /** Call `listener` with the Event's key as soon as a map that is kept live in this process changes. */
  onChange(listener: (eventId: string) => void): void;
  /** Reload the open channels of Events that changed in the catalogue. Null: any Event may have changed. */
  eventsChanged(eventIds: readonly string[] | null): void;
}

/** The live map of one Event, shared by all its subscribers in this process. */
export interface SeatMapChannel {
  /**
   * Add a subscriber, which receives every update from then on. Returns what to send first: the changes since the cursor, or
   * a whole map. Throws BAD_USER_INPUT for an invalid cursor, and for an Event that the viewer may not see; ADMISSION_REQUIRED
   * for one whose waiting room hides it from the viewer.
   */
  join(after: string | null, subscriber: SeatMapSubscriber): readonly SeatMapUpdate[];
  leave(subscriber: SeatMapSubscriber): void;
}

/** Receiver of the updates of a map, on behalf of a viewer. */
export interface SeatMapSubscriber {
  readonly viewer: Viewer | null;
  /** Of waiting rooms. */
  readonly passes: readonly string[];
  /** Called with every update, in order, exactly once; all subscribers of an Event receive the same object. */
  onUpdate(update: SeatMapUpdate): void;
  /** Called once if the viewer may not see the map any more, with the refusal of a new subscription. Nothing follows it. */
  end(refusal: CodedError): void;
}

/** The refusal of an Event without a map that the viewer may see: it does not reveal whether the Event exists. */
export const noSeatMap = (): CodedError => badInput('event', 'has no seat map, or none that you may see');
