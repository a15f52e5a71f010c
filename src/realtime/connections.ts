import { setTimeout as wait } from 'node:timers/promises';

import { addressKey } from '../platform/rate-limit/address-key.ts';

/** An open socket or stream, as whoever watches over all of them sees it. */
export interface Connection {
  /** Called once every ping interval: show a sign of life, and end if there was none from the other side. */
  beat(): void;
  /** Tell the client to come back, but not at once, and end. */
  restart(retryAfterMs: number): void;
  /** End without a word. */
  destroy(): void;
}

/** Pings are spread over the interval, so that ten thousand of them do not hold up a delivery. */
const BEATS_PER_INTERVAL = 8;
/** Clients of a server that stops come back spread over this time; the other servers take them in as they come. */
const RECONNECT_WITHIN_MS = 10_000;
/** What a client may take to hear of the restart; whoever does not read never will. */
const GOODBYE_MS = 2_000;

/** Every open socket and stream: counted by address, pinged by one timer, ended together. */
export class Connections {
  readonly #perAddress: number;
  readonly #byAddress = new Map<string, number>();
  readonly #beats: Set<Connection>[] = Array.from({ length: BEATS_PER_INTERVAL }, () => new Set());
  readonly #timer: NodeJS.Timeout;
  #beat = 0;
  #stopping = false;
  #emptied: (() => void) | null = null;

  constructor(options: { perAddress: number; pingMs: number }) {
    this.#perAddress = options.perAddress;
    this.#timer = setInterval(() => {
      this.#beat = (this.#beat + 1) % BEATS_PER_INTERVAL;
      for (const connection of this.#beats[this.#beat]!) connection.beat();
    }, options.pingMs / BEATS_PER_INTERVAL).unref();
  }

  /** Whether the process is about to end. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** How many connections one address may have. */
  get perAddress(): number {
    return this.#perAddress;
  }

  /** How many there are. */
  get count(): number {
    return this.#beats.reduce((sum, { size }) => sum + size, 0);
  }

  /** Take a place for a connection from this address; `null`: it has as many as it may. Give it back once. */
  admit(address: string): { watch(connection: Connection): void; leave(): void } | null {
    const key = addressKey(address);
    const taken = this.#byAddress.get(key) ?? 0;
    if (taken >= this.#perAddress) return null;
    this.#byAddress.set(key, taken + 1);
    const beats = this.#beats.reduce((least, set) => (set.size < least.size ? set : least));
    let watched: Connection | undefined;
    return {
      watch: (connection) => void beats.add((watched = connection)),
      leave: () => {
        const left = this.#byAddress.get(key)! - 1;
        if (left === 0) this.#byAddress.delete(key);
        else this.#byAddress.set(key, left);
        if (watched) beats.delete(watched);
        if (this.#stopping && this.count === 0) this.#emptied?.();
      },
    };
  }

  /** Tell every client to come back elsewhere, wait for them to go, and end those that do not. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    clearInterval(this.#timer);
    if (this.count === 0) return;
    const emptied = new Promise<void>((resolve) => (this.#emptied = resolve));
    for (const connection of this.#all()) connection.restart(Math.floor(Math.random() * RECONNECT_WITHIN_MS));
    const patience = new AbortController();
    await Promise.race([emptied, wait(GOODBYE_MS, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
    for (const connection of this.#all()) connection.destroy();
  }

  #all(): Connection[] {
    return this.#beats.flatMap((beats) => [...beats]);
  }
}
