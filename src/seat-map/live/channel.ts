import { maySee } from '../../catalog/index.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { CodedError } from '../../platform/errors.ts';
import type { ChannelListener } from '../../platform/redis/subscriptions.ts';
import type { Log } from '../../platform/telemetry/log.ts';
import { readCursor } from '../cursors.ts';
import { parseDelta } from '../encoding.ts';
import { noSeatMap, type SeatMapChannel, type SeatMapSubscriber, type SeatMapUpdate } from '../seat-maps.ts';
import { buildSnapshot, type EventSeating, type SeatMapSnapshot } from '../snapshot.ts';
import type { LiveMap } from './live-map.ts';
import type { MapSource } from './map-source.ts';
import { Followers } from './subscribers.ts';

/** How a channel paces itself; tests alone are in a hurry. */
export interface ChannelTimes {
  /** Changes are gathered for so long: a rush becomes twenty updates a second, and nobody sees the difference. */
  coalesceMs: number;
  /** How often to make sure that the last message of all was not the one that was lost. */
  probeMs: number;
  /** A feed that is taken over, or a Redis that restarts, is back by then; a whole map for everybody would be worse. */
  awayForMs: number;
  /** How often Postgres is asked while the feed is away. */
  pollMs: number;
  /** How often to read the Event's name and prices again, and who may see it. */
  metadataTtlMs: number;
  /** Somebody who was given the channel joins by then; and whoever comes back at once finds it open. */
  lingerMs: number;
}

/** What a channel is made of. */
export interface ChannelParts {
  house: EventSeating;
  source: MapSource;
  times: ChannelTimes;
  log: Log;
  /** Called as soon as anything is heard that changes the map. */
  changed: () => void;
}

/**
 * The map of one Event in this process. It hears every delta, notices when one is missing, and catches up or starts
 * over. What it hears it gathers for a moment; then all who follow are told the same at once. It owns no timer but that
 * moment: for everything else it is looked after from outside, again and again.
 */
export class Channel implements SeatMapChannel, ChannelListener {
  readonly #source: MapSource;
  readonly #times: ChannelTimes;
  readonly #log: Log;
  readonly #changed: () => void;
  readonly #followers: Followers;
  #house: EventSeating;
  #map: LiveMap | null = null;
  #snapshot: (SeatMapSnapshot & { __typename: 'SeatMap' }) | null = null;
  #gathering: NodeJS.Timeout | undefined;
  #working: Promise<void> | null = null;
  /** A message came that does not follow on what we have. */
  #isBehind = false;
  /** Whoever follows has to start over, and was not told yet. */
  #owesWhole = false;
  /** How often the Event is known to have changed, and how much of that was read. */
  readonly #news = { heard: 0, read: 0 };
  #closed = false;
  #gone = false;
  /** By a clock that nobody sets back: nothing would be due for as long. */
  readonly #last = {
    probe: performance.now(),
    poll: -Infinity,
    house: performance.now(),
    wanted: performance.now(),
  };
  #awaySince: number | null = null;

  constructor({ house, source, times, log, changed }: ChannelParts) {
    this.#house = house;
    this.#source = source;
    this.#times = times;
    this.#log = log;
    this.#followers = new Followers(log);
    this.#changed = changed;
  }

  /** Whether the Event was deleted, or has no map any more. */
  get isGone(): boolean {
    return this.#gone;
  }

  /** Tell whether the viewer may follow, going by what was last read of the Event. */
  isFor(viewer: Viewer | null): boolean {
    return !this.#gone && maySee(viewer, this.#house.event);
  }

  /** Tell the same, but not before what is known to have changed was read. */
  async admits(viewer: Viewer | null): Promise<boolean> {
    if (this.#isUnsure) await this.#work(() => this.#readNews());
    if (this.#isUnsure) throw new CodedError('SERVICE_UNAVAILABLE', 'The Event cannot be read now.');
    return this.isFor(viewer);
  }

  /** Read the map for the first time. */
  async open(): Promise<void> {
    await this.#work(async () => {
      if (!(await this.#catchUp())) await this.#poll();
    });
    if (this.#map === null) throw new CodedError('SERVICE_UNAVAILABLE', 'The seat map cannot be read now.');
  }

  join(after: string | null, follower: SeatMapSubscriber): readonly SeatMapUpdate[] {
    const position = after === null ? null : readCursor(after, 'after');
    if (!this.isFor(follower.viewer)) throw noSeatMap();
    if (this.#closed || this.#map === null)
      throw new CodedError('SERVICE_UNAVAILABLE', 'The seat map is closed.');
    const first = (position && this.#map.missedSince(position)) ?? [this.#whole(this.#map)];
    this.#followers.add(follower);
    return first;
  }

  leave(follower: SeatMapSubscriber): void {
    this.#followers.delete(follower);
    this.#last.wanted = performance.now();
  }

  /** Keep it from being closed for a moment: somebody is about to join. */
  want(): void {
    this.#last.wanted = performance.now();
  }

  onMessage(message: string): void {
    const delta = parseDelta(message);
    const received = delta.epoch === this.#map?.epoch ? this.#map.receive(delta) : 'gap';
    if (received === 'applied') this.#coalesce();
    else if (received === 'gap') this.#seekToCatchUp();
  }

  subscribed(): void {
    if (this.#map !== null) this.#seekToCatchUp(); // who knows what was said meanwhile
  }

  /** Tell whether nobody follows it any more, and nobody is about to; or nobody can. */
  isForgotten(): boolean {
    return (
      this.#gone ||
      (this.#followers.count === 0 && performance.now() - this.#last.wanted > this.#times.lingerMs)
    );
  }

  /** Do what is due; `generation` is the feed's, null while it is away. */
  lookAfter(generation: string | null): Promise<void> {
    const now = performance.now();
    this.#snapshot = null; // every query asked of it has a result of its own, and all of them would last as long as it does
    return this.#work(async () => {
      if (now - this.#last.house >= this.#times.metadataTtlMs) await this.#reloadSeating();
      const isLive = this.#map?.stale === false;
      const isWell = generation !== null && isLive && this.#awaySince === null;
      if (isWell && now - this.#last.probe < this.#times.probeMs) return;
      this.#last.probe = now;
      if (generation !== null && (await this.#catchUp())) return;
      this.#awaySince ??= now;
      if (isLive && now - this.#awaySince < this.#times.awayForMs) return;
      if (now - this.#last.poll >= this.#times.pollMs) await this.#poll();
    });
  }

  /** Read the Event again when it is next looked after: it may have changed. */
  eventMayHaveChanged(): void {
    this.#last.house = -Infinity;
  }

  /** Read the Event again at once, for it has changed; and until that is done, tell nobody anything. */
  eventChanged(): void {
    this.#news.heard++;
    void this.#work(() => this.#readNews());
  }

  /** Tell nobody anything more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#gathering);
    this.#followers.clear();
  }

  /** Catch up with the board, or start over from it. `false`: there is none to be had. */
  async #catchUp(): Promise<boolean> {
    const map = this.#map;
    const missed = map?.stale === false ? await this.#source.missed(map.received) : null;
    if (map !== null && missed !== null) {
      for (const delta of missed) map.receive(delta);
      if (missed.length > 0) this.#coalesce();
    } else {
      const whole = await this.#source.whole();
      if (whole === null) return false;
      if (!isBehind(whole, this.#map)) this.#startOver(whole);
    }
    this.#awaySince = null;
    return true;
  }

  /** Compare with Postgres; the first time it is a map to start over from. */
  async #poll(): Promise<void> {
    this.#last.poll = performance.now();
    const { statuses, available } = await this.#source.poll();
    if (this.#map?.stale !== true) return this.#startOver(this.#source.inPostgres(statuses, available));
    const delta = this.#map.differences(statuses, available);
    if (delta === null) return;
    this.#map.receive(delta);
    this.#flush();
  }

  /** Whether it has to be read who may be told anything. */
  get #isUnsure(): boolean {
    return this.#news.heard > this.#news.read;
  }

  async #readNews(): Promise<void> {
    if (this.#isUnsure) await this.#reloadSeating();
  }

  async #reloadSeating(): Promise<void> {
    const { heard } = this.#news;
    const { metadataTtlMs: houseMs, pollMs } = this.#times;
    const last = this.#last;
    last.house = performance.now();
    const house = await this.#source.house().catch((error: unknown) => {
      last.house = Math.min(last.house, performance.now() - houseMs + pollMs); // again soon; but there is more to do meanwhile
      throw error;
    });
    if (house === null) this.#gone = true;
    else this.#house = house;
    this.#news.read = heard;
    this.#snapshot = null;
    this.#changed();
    this.#followers.dismiss((viewer) => this.isFor(viewer));
    if (this.#gathering === undefined) this.#flush(); // what had to wait for this
  }

  #seekToCatchUp(): void {
    this.#isBehind = true;
    if (this.#working === null) void this.#work(async () => {});
  }

  /** Do one thing at a time; then whatever a message has shown to be missing. What fails is done again later. */
  async #work(work: () => Promise<void>): Promise<void> {
    while (this.#working !== null) await this.#working;
    if (this.#closed) return;
    const doAll = async () => {
      await work();
      while (this.#isBehind && !this.#closed) {
        this.#isBehind = false;
        await this.#catchUp();
      }
    };
    this.#working = doAll().catch((error: unknown) =>
      this.#log.warn({ err: error, eventId: this.#house.event.id }, 'a seat map could not be followed'),
    );
    await this.#working;
    this.#working = null;
  }

  #coalesce(): void {
    this.#changed();
    this.#gathering ??= setTimeout(() => this.#flush(), this.#times.coalesceMs);
  }

  #flush(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const map = this.#map;
    if (this.#isUnsure || map === null) return;
    const update = map.drain();
    if (update !== null) this.#snapshot = null;
    const whole = this.#owesWhole && this.#followers.count > 0;
    this.#owesWhole = false;
    if (whole) this.#followers.broadcast(this.#whole(map));
    else if (update !== null) this.#followers.broadcast(update);
  }

  #startOver(map: LiveMap): void {
    if (this.#closed) return;
    this.#changed();
    this.#owesWhole = this.#map !== null;
    this.#map = map;
    this.#snapshot = null;
    this.#flush();
  }

  #whole(map: LiveMap): SeatMapSnapshot & { __typename: 'SeatMap' } {
    this.#snapshot ??= {
      __typename: 'SeatMap',
      ...buildSnapshot(this.#house, {
        ...map.taken,
        statuses: map.letters(),
        asOf: new Date(),
        stale: map.stale,
      }),
    };
    return this.#snapshot;
  }
}

/** Tell whether messages have led further meanwhile than what was read. */
const isBehind = (read: LiveMap, heard: LiveMap | null): boolean =>
  read.epoch === heard?.epoch && read.received.sequence < heard.received.sequence;
