import type { Viewer } from '../../platform/auth/viewer.ts';
import type { QueueStatus } from './queue-status.ts';

/** Receiver of what happens to a viewer's entry. */
export interface QueueSubscriber {
  readonly viewer: Viewer | null;
  onUpdate(status: QueueStatus): void;
  /** Called once after the last update. */
  complete(): void;
  /** Called once in place of updates. */
  end(refusal: Error): void;
}

/** The line of a room, or a room that is closed, for all its subscribers in this process. */
export interface QueueChannel {
  /** Add a subscriber; `after` is the last token of its entry. Returns what to send first. */
  join(after: string | null, subscriber: QueueSubscriber): readonly QueueStatus[];
  leave(subscriber: QueueSubscriber): void;
}

/** Where viewers stand in front of sales: what `queueStatus` and `queuePosition` ask. */
export interface QueueWatch extends AsyncDisposable {
  /** Read where a viewer stands; `token` is the last token of the entry. A sign of life. Throws SERVICE_UNAVAILABLE. */
  status(viewer: Viewer, eventId: string | undefined, token: string | null): Promise<QueueStatus>;
  /** Get the channel to join for an Event. */
  subscribe(viewer: Viewer, eventId: string | undefined): Promise<QueueChannel>;
}

/** Intervals of watching; tests shorten them. */
export interface WatchTimes {
  /** How often waiters are visited, a part of them at a time. */
  tickMs: number;
  /** Shortest interval between two updates of a waiter. */
  updateMs: number;
  /** Updates of a process in a second: with more waiters the interval of each grows. */
  maxUpdatesPerSecond: number;
  /** How often rooms, snapshots and look-ups that failed are tried again. */
  maintenanceMs: number;
  /** A subscription that was sent no state for so long ends: its client tries again. */
  firstStateMs: number;
  /** Longest interval between signs of life of a subscription. */
  maxSignMs: number;
  /** How long a room without subscribers and polls is watched. */
  idleMs: number;
}

export const DEFAULT_WATCH_TIMES: WatchTimes = {
  tickMs: 100,
  updateMs: 1_000,
  maxUpdatesPerSecond: 25_000,
  maintenanceMs: 1_000,
  firstStateMs: 5_000,
  maxSignMs: 10_000,
  idleMs: 60_000,
};
