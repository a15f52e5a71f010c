import { CodedError } from '../platform/errors.ts';
import type { Log } from '../platform/telemetry/log.ts';
import { readCursor } from './cursors.ts';
import { parseDelta } from './encoding.ts';
import type { LiveMap } from './live-map.ts';
import type { MapSource } from './map-source.ts';
import type { SeatMapChannel, SeatMapUpdate } from './seat-maps.ts';
import { drawUp, type House, type SeatMapSnapshot } from './snapshot.ts';
import type { ChannelListener } from './subscriptions.ts';

/** How a channel paces itself; tests alone are in a hurry. */
export interface ChannelTimes {
  /** Changes are gathered for so long: a rush becomes twenty updates a second, and nobody sees the difference. */
  gatherMs: number;
  /** How often to make sure that the last message of all was not the one that was lost. */
  probeMs: number;
  /** A feed that is taken over, or a Redis that restarts, is back by then; a whole map for everybody would be worse. */
  awayForMs: number;
  /** How often Postgres is asked while the feed is away. */
  pollMs: number;
  /** How often to read the Event's name and prices again. */
  houseMs: number;
  /** Somebody who was given the channel joins by then; and whoever comes back at once finds it open. */
  lingerMs: number;
}

/** What a channel is made of. */
export interface ChannelParts {
  house: House;
  source: MapSource;
  times: ChannelTimes;
  log: Log;
}

type Listener = (update: SeatMapUpdate) => void;

/**
 * The map of one Event in this process. It hears every delta, notices when one is missing, and catches up or starts
 * over. What it hears it gathers for a moment; then all who follow are told the same at once. It owns no timer but that
 * moment: for everything else it is looked after from outside, again and again.
 */
export class Channel implements SeatMapChannel, ChannelListener {
  readonly #source: MapSource;
  readonly #times: ChannelTimes;
  readonly #log: Log;
  readonly #listeners = new Set<Listener>();
  #house: House;
  #map: LiveMap | null = null;
  #snapshot: (SeatMapSnapshot & { __typename: 'SeatMap' }) | null = null;
  #gathering: NodeJS.Timeout | undefined;
  #working: Promise<void> | null = null;
  /** A message came that does not follow on what we have. */
  #isBehind = false;
  #closed = false;
  readonly #last = { probe: 0, poll: 0, house: Date.now(), wanted: Date.now() };
  #awaySince: number | null = null;

  constructor({ house, source, times, log }: ChannelParts) {
    this.#house = house;
    this.#source = source;
    this.#times = times;
    this.#log = log;
  }

  /** What hardly changes; as it was half a minute ago. */
  get house(): House {
    return this.#house;
  }

  /** Read the map for the first time. */
  async open(): Promise<void> {
    await this.#work(async () => {
      if (!(await this.#catchUp())) await this.#poll();
    });
    if (this.#map === null) throw new CodedError('SERVICE_UNAVAILABLE', 'The seat map cannot be read now.');
  }

  join(after: string | null, listener: Listener): { first: readonly SeatMapUpdate[]; leave: () => void } {
    const position = after === null ? null : readCursor(after, 'after');
    if (this.#closed || this.#map === null)
      throw new CodedError('SERVICE_UNAVAILABLE', 'The seat map is closed.');
    const first = (position && this.#map.missedSince(position)) ?? [this.#whole(this.#map)];
    const mine: Listener = (update) => listener(update); // one who joins twice hears twice
    this.#listeners.add(mine);
    return {
      first,
      leave: () => {
        this.#listeners.delete(mine);
        this.#last.wanted = Date.now();
      },
    };
  }

  /** Keep it from being closed for a moment: somebody is about to join. */
  want(): void {
    this.#last.wanted = Date.now();
  }

  hear(message: string): void {
    const delta = parseDelta(message);
    const received = delta.epoch === this.#map?.epoch ? this.#map.receive(delta) : 'gap';
    if (received === 'applied') this.#gather();
    else if (received === 'gap') this.#seekToCatchUp();
  }

  subscribed(): void {
    if (this.#map !== null) this.#seekToCatchUp(); // who knows what was said meanwhile
  }

  /** Tell whether nobody follows it any more, and nobody is about to. */
  isForgotten(): boolean {
    return this.#listeners.size === 0 && Date.now() - this.#last.wanted > this.#times.lingerMs;
  }

  /** Do what is due; `generation` is the feed's, null while it is away. */
  lookAfter(generation: string | null): Promise<void> {
    const now = Date.now();
    return this.#work(async () => {
      if (now - this.#last.house >= this.#times.houseMs) await this.#readHouse(now);
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

  /** Tell nobody anything more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#gathering);
    this.#listeners.clear();
  }

  /** Catch up with the board, or start over from it. `false`: there is none to be had. */
  async #catchUp(): Promise<boolean> {
    const map = this.#map;
    const missed = map?.stale === false ? await this.#source.missed(map.received) : null;
    if (map !== null && missed !== null) {
      for (const delta of missed) map.receive(delta);
      this.#gather();
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
    this.#last.poll = Date.now();
    const { statuses, available } = await this.#source.poll();
    if (this.#map?.stale !== true) return this.#startOver(this.#source.inPostgres(statuses, available));
    const delta = this.#map.differences(statuses, available);
    if (delta === null) return;
    this.#map.receive(delta);
    this.#flush();
  }

  async #readHouse(now: number): Promise<void> {
    this.#last.house = now;
    this.#house = (await this.#source.house()) ?? this.#house;
    this.#snapshot = null;
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

  #gather(): void {
    this.#gathering ??= setTimeout(() => this.#flush(), this.#times.gatherMs);
  }

  #flush(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const update = this.#map?.take();
    if (update) {
      this.#snapshot = null;
      this.#tell(update);
    }
  }

  #startOver(map: LiveMap): void {
    if (this.#closed) return;
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const isFirst = this.#map === null;
    this.#map = map;
    this.#snapshot = null;
    if (!isFirst && this.#listeners.size > 0) this.#tell(this.#whole(map));
  }

  #whole(map: LiveMap): SeatMapSnapshot & { __typename: 'SeatMap' } {
    this.#snapshot ??= {
      __typename: 'SeatMap',
      ...drawUp(this.#house, {
        ...map.taken,
        statuses: map.letters(),
        asOf: new Date(),
        stale: map.stale,
      }),
    };
    return this.#snapshot;
  }

  #tell(update: SeatMapUpdate): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(update);
      } catch (error) {
        this.#log.error({ err: error }, 'a follower failed'); // the others are told all the same
      }
    }
  }
}

/** Tell whether messages have led further meanwhile than what was read. */
const isBehind = (read: LiveMap, heard: LiveMap | null): boolean =>
  read.epoch === heard?.epoch && read.received.sequence < heard.received.sequence;
