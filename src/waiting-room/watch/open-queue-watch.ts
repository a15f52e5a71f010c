import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Platform } from '../../platform/index.ts';
import { singleFlight } from '../../platform/single-flight.ts';
import { lineChannel } from '../line/keys.ts';
import { Line } from '../line/line.ts';
import type { LiveRooms } from '../live-rooms.ts';
import { closedStatus, type QueueStatus } from './queue-status.ts';
import { DEFAULT_WATCH_TIMES, type QueueChannel, type QueueWatch, type WatchTimes } from './queue-watch.ts';
import { RoomWatch } from './room-watch.ts';

type WatchedRooms = Pick<LiveRooms, 'of' | 'shownTo' | 'now'>;
type QueuePlatform = Pick<Platform, 'db' | 'redis' | 'subscriptions' | 'log' | 'metrics'>;

/** Without a waiting room: one state, and the end. */
const NO_ROOM: QueueChannel = {
  join(_after, subscriber) {
    queueMicrotask(() => {
      subscriber.onUpdate(closedStatus());
      subscriber.complete();
    });
    return [];
  },
  leave() {},
};

/** Open the queues of this process; dispose of them to end all subscriptions. */
export function openQueueWatch(
  platform: QueuePlatform,
  rooms: WatchedRooms,
  times: Partial<WatchTimes> = {},
): QueueWatch {
  return new RoomWatches(platform, rooms, { ...DEFAULT_WATCH_TIMES, ...times });
}

/** The rooms with watchers in this process, one watch per Event. */
class RoomWatches implements QueueWatch {
  readonly #platform: QueuePlatform;
  readonly #rooms: WatchedRooms;
  readonly #times: WatchTimes;
  readonly #line: Line;
  readonly #open = new Map<string, RoomWatch>();
  readonly #openShared = singleFlight((eventId: string) => this.#openWatch(eventId));
  #timers: NodeJS.Timeout[] = [];
  #isClosed = false;

  constructor(platform: QueuePlatform, rooms: WatchedRooms, times: WatchTimes) {
    this.#platform = platform;
    this.#rooms = rooms;
    this.#times = times;
    this.#line = new Line(platform);
  }

  async status(viewer: Viewer, eventId: string | undefined, token: string | null): Promise<QueueStatus> {
    const watch = await this.#get(viewer, eventId);
    return watch === null ? closedStatus() : watch.status(viewer.id, token);
  }

  async subscribe(viewer: Viewer, eventId: string | undefined): Promise<QueueChannel> {
    return (await this.#get(viewer, eventId)) ?? NO_ROOM;
  }

  async #get(viewer: Viewer, eventId: string | undefined): Promise<RoomWatch | null> {
    const room = eventId === undefined ? null : await this.#rooms.shownTo(viewer, eventId);
    if (room === null) return null;
    const open = this.#open.get(room.eventId);
    return open?.generation === room.generation ? open : this.#openShared(room.eventId);
  }

  async #openWatch(eventId: string): Promise<RoomWatch | null> {
    const room = await this.#rooms.of(eventId);
    if (room === null || this.#isClosed) return null;
    const known = this.#open.get(eventId);
    if (known?.generation === room.generation) return known;
    const now = () => this.#rooms.now.getTime();
    const watch = new RoomWatch(room, {
      platform: this.#platform,
      line: this.#line,
      times: this.#times,
      now,
    });
    if (known !== undefined) this.#close(eventId, known);
    this.#open.set(eventId, watch);
    this.#startTimers();
    await this.#platform.subscriptions.add(lineChannel(this.#platform.redis.prefix, room), watch); // before the snapshot: no message is lost between
    await watch.open();
    return watch;
  }

  #startTimers(): void {
    if (this.#timers.length > 0) return;
    const tick = () => {
      const now = performance.now();
      for (const watch of this.#open.values()) watch.tick(now);
    };
    this.#timers = [
      setInterval(tick, this.#times.tickMs),
      setInterval(() => void this.#maintainAll(), this.#times.maintenanceMs),
    ];
  }

  async #maintainAll(): Promise<void> {
    const now = performance.now();
    this.#platform.metrics.queueWaiters.set(
      this.#open.values().reduce((sum, { subscribers }) => sum + subscribers, 0),
    );
    for (const [eventId, watch] of this.#open) {
      if (watch.isIdle(now)) this.#close(eventId, watch);
      else void watch.maintain(now, await this.#rooms.of(eventId));
    }
  }

  #close(eventId: string, watch: RoomWatch): void {
    watch.close();
    if (this.#open.get(eventId) === watch) this.#open.delete(eventId);
    this.#platform.subscriptions.remove(lineChannel(this.#platform.redis.prefix, { eventId }));
    if (this.#open.size === 0) for (const timer of this.#timers.splice(0)) clearInterval(timer);
  }

  async [Symbol.asyncDispose]() {
    this.#isClosed = true;
    for (const [eventId, watch] of this.#open) this.#close(eventId, watch);
  }
}
