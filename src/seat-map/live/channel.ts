import type { Viewer } from '../../platform/auth/viewer.ts';
import { CodedError } from '../../platform/errors.ts';
import type { ChannelListener } from '../../platform/redis/subscriptions.ts';
import type { Log } from '../../platform/telemetry/log.ts';
import { readCursor } from '../cursors.ts';
import { parseDelta } from '../encoding.ts';
import { noSeatMap, type SeatMapChannel, type SeatMapSubscriber, type SeatMapUpdate } from '../seat-maps.ts';
import { buildSnapshot, type EventSeating, type SeatMapSnapshot } from '../snapshot.ts';
import type { ChannelTimes } from './channel-times.ts';
import { CurrentSeating } from './current-seating.ts';
import type { LiveMap } from './live-map.ts';
import type { MapSource } from './map-source.ts';
import { Subscribers } from './subscribers.ts';

export interface ChannelParts {
  seating: EventSeating;
  source: MapSource;
  times: ChannelTimes;
  log: Log;
  /** Called as soon as a change of the map is received, before it is coalesced. */
  onChange: () => void;
  refuse: RefuseSubscriber;
}

/** Why a subscriber that may see the Event may not see its map; null: it may. */
export type RefuseSubscriber = (
  event: EventSeating['event'],
  subscriber: SeatMapSubscriber,
) => CodedError | null;

/**
 * The map of one Event in this process. It receives every delta, detects gaps, resyncs, coalesces changes and broadcasts
 * one update to all subscribers. Its only timer is the coalescing window; `maintain` is called every 500 ms for the rest.
 */
export class Channel implements SeatMapChannel, ChannelListener {
  /** Number of places when it was opened. */
  readonly places: number;
  readonly #source: MapSource;
  readonly #times: ChannelTimes;
  readonly #log: Log;
  readonly #onChange: () => void;
  readonly #refuse: RefuseSubscriber;
  readonly #subscribers: Subscribers;
  readonly #seating: CurrentSeating;
  #map: LiveMap | null = null;
  #snapshot: (SeatMapSnapshot & { __typename: 'SeatMap' }) | null = null;
  #coalesceTimer: NodeJS.Timeout | undefined;
  #task: Promise<void> | null = null;
  /** A gap was detected: a delta arrived whose predecessor did not. */
  #needsResync = false;
  /** The map was replaced, and its snapshot is not broadcast yet. */
  #isSnapshotPending = false;
  #closed = false;
  /** Monotonic clock: a wall clock set back would delay all maintenance by that much. */
  readonly #last = {
    resync: performance.now(),
    poll: -Infinity,
    use: performance.now(),
  };
  #outageSince: number | null = null;

  constructor({ seating, source, times, log, onChange, refuse }: ChannelParts) {
    this.#refuse = refuse;
    this.places = seating.plan.places;
    this.#seating = new CurrentSeating(seating, () => source.loadSeating(), times);
    this.#source = source;
    this.#times = times;
    this.#log = log;
    this.#subscribers = new Subscribers(log);
    this.#onChange = onChange;
  }

  /** Whether the Event was deleted, or has no map any more. */
  get isRemoved(): boolean {
    return this.#seating.isRemoved;
  }

  /** Whether the viewer may subscribe; first reloads an Event that is known to have changed. */
  async authorize(viewer: Viewer | null): Promise<boolean> {
    if (this.#seating.isOutdated) await this.#runExclusive(() => this.#reloadIfOutdated());
    if (this.#seating.isOutdated)
      throw new CodedError('SERVICE_UNAVAILABLE', 'The Event cannot be read now.');
    return this.#seating.isVisibleTo(viewer);
  }

  /** Load the map for the first time. */
  async open(): Promise<void> {
    await this.#runExclusive(async () => {
      if (!(await this.#resync())) await this.#poll();
    });
    if (this.#map === null) throw new CodedError('SERVICE_UNAVAILABLE', 'The seat map cannot be read now.');
  }

  join(after: string | null, subscriber: SeatMapSubscriber): readonly SeatMapUpdate[] {
    const position = after === null ? null : readCursor(after, 'after');
    const refusal = this.#refusalFor(subscriber);
    if (refusal !== null) throw refusal;
    if (this.#closed || this.#map === null)
      throw new CodedError('SERVICE_UNAVAILABLE', 'The seat map is closed.');
    const first = (position && this.#map.deltasSince(position)) ?? [this.#snapshotOf(this.#map)];
    this.#subscribers.add(subscriber);
    return first;
  }

  leave(subscriber: SeatMapSubscriber): void {
    this.#subscribers.delete(subscriber);
    this.touch();
  }

  /** Restart the idle TTL: a subscriber is about to join. */
  touch(): void {
    this.#last.use = performance.now();
  }

  onMessage(message: string): void {
    const delta = parseDelta(message);
    const received = delta.epoch === this.#map?.epoch ? this.#map.receive(delta) : 'gap';
    if (received === 'applied') this.#coalesce();
    else if (received === 'gap') this.#requestResync();
  }

  subscribed(): void {
    if (this.#map !== null) this.#requestResync(); // messages published before a resubscription are lost
  }

  /** Whether it can be closed: no subscribers for the idle TTL, or the Event is gone. */
  isIdle(): boolean {
    return (
      this.isRemoved ||
      (this.#subscribers.count === 0 && performance.now() - this.#last.use > this.#times.idleTtlMs)
    );
  }

  /** Run the maintenance that is due. `generation` is the feed's; null while the feed is unavailable. */
  maintain(generation: string | null): Promise<void> {
    const now = performance.now();
    this.#snapshot = null; // cached results of every distinct query live as long as the snapshot does
    return this.#runExclusive(async () => {
      if (this.#seating.isExpired(now)) await this.#reloadSeating();
      const isLive = this.#map?.stale === false;
      const isHealthy = generation !== null && isLive && this.#outageSince === null;
      if (isHealthy && now - this.#last.resync < this.#times.resyncMs) return;
      this.#last.resync = now;
      if (generation !== null && (await this.#resync())) return;
      this.#outageSince ??= now;
      if (isLive && now - this.#outageSince < this.#times.outageGraceMs) return;
      if (now - this.#last.poll >= this.#times.pollMs) await this.#poll();
    });
  }

  /** The Event may have changed: reload it during the next maintenance. */
  scheduleReload(): void {
    this.#seating.expire();
  }

  /** The Event has changed: reload it now, and broadcast nothing until that is done. */
  reloadEvent(): void {
    this.#seating.markOutdated();
    void this.#runExclusive(() => this.#reloadIfOutdated());
  }

  /** End the subscriptions of those who may not see the map any more. */
  reauthorize(): void {
    this.#subscribers.removeRefused((subscriber) => this.#refusalFor(subscriber));
  }

  /** Drop all subscribers without a message. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#coalesceTimer);
    this.#subscribers.clear();
  }

  #refusalFor(subscriber: SeatMapSubscriber): CodedError | null {
    if (!this.#seating.isVisibleTo(subscriber.viewer)) return noSeatMap();
    return this.#refuse(this.#seating.value.event, subscriber);
  }

  /** Apply the deltas missed since the last one received, or replace the map. `false`: no board is available. */
  async #resync(): Promise<boolean> {
    const map = this.#map;
    const missed = map?.stale === false ? await this.#source.deltasSince(map.received) : null;
    if (map !== null && missed !== null) {
      for (const delta of missed) map.receive(delta);
      if (missed.length > 0) this.#coalesce();
    } else {
      const board = await this.#source.readBoard();
      if (board === null) return false;
      if (!isOlder(board, this.#map)) this.#replaceMap(board);
    }
    this.#outageSince = null;
    return true;
  }

  /** Read the map from Postgres: it replaces a live map; a stale one is compared with it. */
  async #poll(): Promise<void> {
    this.#last.poll = performance.now();
    const { statuses, available } = await this.#source.readPostgres();
    if (this.#map?.stale !== true) return this.#replaceMap(this.#source.mapFromPostgres(statuses, available));
    const delta = this.#map.diff(statuses, available);
    if (delta === null) return;
    this.#map.receive(delta);
    this.#broadcastCoalesced();
  }

  async #reloadIfOutdated(): Promise<void> {
    if (this.#seating.isOutdated) await this.#reloadSeating();
  }

  async #reloadSeating(): Promise<void> {
    const before = termsOf(this.#seating.value);
    await this.#seating.reload();
    if (termsOf(this.#seating.value) !== before) this.#isSnapshotPending = this.#map !== null;
    this.#snapshot = null;
    this.#onChange();
    this.reauthorize();
    if (this.#coalesceTimer === undefined) this.#broadcastCoalesced(); // held back while the seating was outdated
  }

  #requestResync(): void {
    this.#needsResync = true;
    if (this.#task === null) void this.#runExclusive(async () => {});
  }

  /** Run one task at a time, each followed by the resync requested meanwhile. A failed task is retried by `maintain`. */
  async #runExclusive(work: () => Promise<void>): Promise<void> {
    while (this.#task !== null) await this.#task;
    if (this.#closed) return;
    const workAndResync = async () => {
      await work();
      while (this.#needsResync && !this.#closed) {
        this.#needsResync = false;
        await this.#resync();
      }
    };
    this.#task = workAndResync().catch((error: unknown) =>
      this.#log.warn({ err: error, eventId: this.#seating.value.event.id }, 'seat map channel task failed'),
    );
    await this.#task;
    this.#task = null;
  }

  /** Broadcast at the end of the coalescing window, which the first change opens. */
  #coalesce(): void {
    this.#onChange();
    this.#coalesceTimer ??= setTimeout(() => this.#broadcastCoalesced(), this.#times.coalesceMs);
  }

  #broadcastCoalesced(): void {
    clearTimeout(this.#coalesceTimer);
    this.#coalesceTimer = undefined;
    const map = this.#map;
    if (this.#seating.isOutdated || map === null) return;
    const update = map.drain();
    if (update !== null) this.#snapshot = null;
    const sendsSnapshot = this.#isSnapshotPending && this.#subscribers.count > 0;
    this.#isSnapshotPending = false;
    if (sendsSnapshot) this.#subscribers.broadcast(this.#snapshotOf(map));
    else if (update !== null) this.#subscribers.broadcast(update);
  }

  #replaceMap(map: LiveMap): void {
    if (this.#closed) return;
    this.#onChange();
    this.#isSnapshotPending = this.#map !== null;
    this.#map = map;
    this.#snapshot = null;
    this.#broadcastCoalesced();
  }

  #snapshotOf(map: LiveMap): SeatMapSnapshot & { __typename: 'SeatMap' } {
    this.#snapshot ??= {
      __typename: 'SeatMap',
      ...buildSnapshot(this.#seating.value, {
        ...map.drained,
        statuses: map.statuses(),
        asOf: new Date(),
        stale: map.stale,
      }),
    };
    return this.#snapshot;
  }
}

/** What only a whole map tells a subscriber: prices, and whether the sale goes on. */
const termsOf = ({ event: { salePausedAt }, tiers }: EventSeating): string =>
  JSON.stringify([salePausedAt, tiers.map(({ tier, name, amount }) => [tier, name, amount])]);

/** Whether messages received during the read have moved the current map past what was read. */
const isOlder = (read: LiveMap, current: LiveMap | null): boolean =>
  read.epoch === current?.epoch && read.received.sequence < current.received.sequence;
