import { setTimeout as wait } from 'node:timers/promises';

import { addressKey } from '../platform/rate-limit/address-key.ts';

/** An open socket or stream, as whoever watches over all of them sees it. */
export interface LiveConnection {
  /** Called once every ping interval: show a sign of life, and end if there was none from the other side. */
  heartbeat(): void;
  /** Tell the client that its token has expired, and end. */
  expire(): void;
  /** Tell the client to come back, but not at once, and end. */
  restart(retryAfterMs: number): void;
  /** End without a word. */
  destroy(): void;
}

/** Pings are spread over the interval, so that ten thousand of them do not hold up a delivery. */
const HEARTBEAT_GROUPS = 8;
/** How often to look whose token has expired: ten thousand are looked at in 0.1 ms, and need no timers of their own. */
const EXPIRY_CHECK_INTERVAL_MS = 1_000;
/** Whoever came without a token stays. */
const NO_EXPIRY = Infinity;
/** Clients of a server that stops come back spread over this time; the other servers take them in as they come. */
const MAX_RECONNECT_DELAY_MS = 10_000;
/** What a client may take to hear of the restart; whoever does not read never will. */
const CLOSE_GRACE_MS = 2_000;

/** Every open socket and stream: counted by address, pinged by one timer, ended with its token or with the process. */
export class Connections {
  readonly #maxPerAddress: number;
  readonly #byAddress = new Map<string, number>();
  /** What is pinged together, and when the token of each expires. */
  readonly #heartbeatGroups = Array.from(
    { length: HEARTBEAT_GROUPS },
    () => new Map<LiveConnection, number>(),
  );
  readonly #timers: readonly NodeJS.Timeout[];
  #currentGroup = 0;
  #stopping = false;
  #onDrained: (() => void) | null = null;

  constructor(options: { maxPerAddress: number; pingMs: number }) {
    this.#maxPerAddress = options.maxPerAddress;
    const beat = () => {
      this.#currentGroup = (this.#currentGroup + 1) % HEARTBEAT_GROUPS;
      for (const connection of this.#heartbeatGroups[this.#currentGroup]!.keys()) connection.heartbeat();
    };
    this.#timers = [
      setInterval(beat, options.pingMs / HEARTBEAT_GROUPS).unref(),
      setInterval(() => this.#expire(), EXPIRY_CHECK_INTERVAL_MS).unref(),
    ];
  }

  /** Whether the process is about to end. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** How many connections one address may have. */
  get perAddress(): number {
    return this.#maxPerAddress;
  }

  /** How many there are. */
  get count(): number {
    return this.#heartbeatGroups.reduce((sum, { size }) => sum + size, 0);
  }

  /** When to come back to a server that stops: in milliseconds, and others at other times. */
  get retryAfterMs(): number {
    return Math.floor(Math.random() * MAX_RECONNECT_DELAY_MS);
  }

  /** Take a place for a connection from this address; `null`: it has as many as it may. */
  acquireSlot(address: string): ConnectionSlot | null {
    const key = addressKey(address);
    const taken = this.#byAddress.get(key) ?? 0;
    if (taken >= this.#maxPerAddress) return null;
    this.#byAddress.set(key, taken + 1);
    return new ConnectionSlot(this, key);
  }

  /** See to it that a connection is pinged, and ended in time. */
  add(connection: LiveConnection): void {
    this.#heartbeatGroups
      .reduce((least, some) => (some.size < least.size ? some : least))
      .set(connection, NO_EXPIRY);
  }

  /** Give back the place that an address was counted under, and forget its connection. */
  release(key: string, connection: LiveConnection | null): void {
    const left = this.#byAddress.get(key)! - 1;
    if (left === 0) this.#byAddress.delete(key);
    else this.#byAddress.set(key, left);
    if (connection !== null) for (const beats of this.#heartbeatGroups) beats.delete(connection);
    if (this.#stopping && this.count === 0) this.#onDrained?.();
  }

  /** End a connection when its token expires, a second later at most: milliseconds since 1970. */
  expireAt(connection: LiveConnection, time: number): void {
    for (const beats of this.#heartbeatGroups) if (beats.has(connection)) beats.set(connection, time); // it may have left
  }

  /** Tell every client to come back elsewhere, wait for them to go, and end those that do not. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    for (const timer of this.#timers) clearInterval(timer);
    if (this.count === 0) return;
    const emptied = new Promise<void>((resolve) => (this.#onDrained = resolve));
    for (const connection of this.#all()) connection.restart(this.retryAfterMs);
    const grace = new AbortController();
    await Promise.race([emptied, wait(CLOSE_GRACE_MS, undefined, { signal: grace.signal }).catch(() => {})]);
    grace.abort();
    for (const connection of this.#all()) connection.destroy();
  }

  #expire(): void {
    const now = Date.now();
    for (const beats of this.#heartbeatGroups) {
      for (const [connection, endsAt] of beats) if (endsAt <= now) connection.expire();
    }
  }

  #all(): LiveConnection[] {
    return this.#heartbeatGroups.flatMap((beats) => [...beats.keys()]);
  }
}

/** A place among the connections; give it back once. There is one for each: an object, as two closures are larger. */
export class ConnectionSlot {
  readonly #connections: Connections;
  readonly #key: string;
  #connection: LiveConnection | null = null;

  constructor(among: Connections, key: string) {
    this.#connections = among;
    this.#key = key;
  }

  /** Have the connection that takes it looked after. */
  attach(connection: LiveConnection): void {
    this.#connection = connection;
    this.#connections.add(connection);
  }

  /** Give it back. */
  release(): void {
    this.#connections.release(this.#key, this.#connection);
  }
}
