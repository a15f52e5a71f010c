import { addressKey, networkOf } from '../platform/rate-limit/address-key.ts';
import { settlesWithin } from '../platform/settles-within.ts';

/** An open WebSocket or SSE stream. */
export interface LiveConnection {
  /** Called once per ping interval: send a heartbeat, or end the connection if the last one was not answered. */
  heartbeat(): void;
  /** End the connection because its token has expired. */
  expire(): void;
  /** End the connection because the server restarts, with a delay for the reconnect. */
  restart(retryAfterMs: number): void;
  /** End the connection without a close handshake. */
  destroy(): void;
}

/** Heartbeats are spread over the ping interval: 10,000 at once would delay deliveries. */
const HEARTBEAT_GROUPS = 8;
/** One scan over 10,000 connections takes 0.1 ms, less than a timer for each. */
const EXPIRY_CHECK_INTERVAL_MS = 1_000;
/** Connections without a token. */
const NO_EXPIRY = Infinity;
/** Reconnects after a restart are spread over 10 s, so that the other servers are not flooded. */
const MAX_RECONNECT_DELAY_MS = 10_000;
/** Grace for closing connections at shutdown; slow consumers never read the close frame. */
const CLOSE_GRACE_MS = 2_000;

/** All open connections: limited per address, sent heartbeats by one timer, ended with their token or with the process. */
export class Connections {
  readonly #maxPerAddress: number;
  readonly #maxPerNetwork: number;
  /** Of addresses, and of the IPv6 networks that they are in. */
  readonly #counts = new Map<string, number>();
  /** Connections that get their heartbeat together, each with the time its token expires. */
  readonly #heartbeatGroups = Array.from(
    { length: HEARTBEAT_GROUPS },
    () => new Map<LiveConnection, number>(),
  );
  readonly #timers: readonly NodeJS.Timeout[];
  #currentGroup = 0;
  #stopping = false;
  #onDrained: (() => void) | null = null;

  constructor(options: { maxPerAddress: number; addressesPerNetwork: number; pingMs: number }) {
    this.#maxPerAddress = options.maxPerAddress;
    this.#maxPerNetwork = options.maxPerAddress * options.addressesPerNetwork;
    const heartbeat = () => {
      this.#currentGroup = (this.#currentGroup + 1) % HEARTBEAT_GROUPS;
      for (const connection of this.#heartbeatGroups[this.#currentGroup]!.keys()) connection.heartbeat();
    };
    this.#timers = [
      setInterval(heartbeat, options.pingMs / HEARTBEAT_GROUPS).unref(),
      setInterval(() => this.#expire(), EXPIRY_CHECK_INTERVAL_MS).unref(),
    ];
  }

  /** Whether the process is shutting down. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** The limit that keeps another connection from this address out. */
  limitOf(address: string): { limit: number; of: string } {
    return this.#countOf(addressKey(address)) >= this.#maxPerAddress
      ? { limit: this.#maxPerAddress, of: 'one address' }
      : { limit: this.#maxPerNetwork, of: 'one IPv6 network (/48)' };
  }

  get count(): number {
    return this.#heartbeatGroups.reduce((sum, { size }) => sum + size, 0);
  }

  /** Random delay for a client's reconnect, in milliseconds. */
  get retryAfterMs(): number {
    return Math.floor(Math.random() * MAX_RECONNECT_DELAY_MS);
  }

  /** Reserve a slot for a connection from this address. Null: it, or its IPv6 network, is at its maximum. */
  acquireSlot(address: string): ConnectionSlot | null {
    const key = addressKey(address);
    const network = networkOf(key);
    if (this.#countOf(key) >= this.#maxPerAddress) return null;
    if (network !== null && this.#countOf(network) >= this.#maxPerNetwork) return null;
    this.#change(key, 1);
    if (network !== null) this.#change(network, 1);
    return new ConnectionSlot(this, key);
  }

  /** Add a connection to the smallest heartbeat group. */
  add(connection: LiveConnection): void {
    this.#heartbeatGroups
      .reduce((smallest, group) => (group.size < smallest.size ? group : smallest))
      .set(connection, NO_EXPIRY);
  }

  /** Free the slot of an address, and remove its connection. */
  release(key: string, connection: LiveConnection | null): void {
    const network = networkOf(key);
    this.#change(key, -1);
    if (network !== null) this.#change(network, -1);
    if (connection !== null) for (const group of this.#heartbeatGroups) group.delete(connection);
    if (this.#stopping && this.count === 0) this.#onDrained?.();
  }

  /** End a connection at most one second after this time, in milliseconds since 1970. */
  expireAt(connection: LiveConnection, time: number): void {
    for (const group of this.#heartbeatGroups) if (group.has(connection)) group.set(connection, time); // closed ones stay out
  }

  /** Graceful shutdown: ask all clients to reconnect elsewhere, wait for the grace period, destroy the rest. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    for (const timer of this.#timers) clearInterval(timer);
    if (this.count === 0) return;
    const drained = new Promise<void>((resolve) => (this.#onDrained = resolve));
    for (const connection of this.#all()) connection.restart(this.retryAfterMs);
    await settlesWithin(drained, CLOSE_GRACE_MS);
    for (const connection of this.#all()) connection.destroy();
  }

  #countOf(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  #change(key: string, by: 1 | -1): void {
    const count = this.#countOf(key) + by;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }

  #expire(): void {
    const now = Date.now();
    for (const group of this.#heartbeatGroups) {
      for (const [connection, expiresAt] of group) if (expiresAt <= now) connection.expire();
    }
  }

  #all(): LiveConnection[] {
    return this.#heartbeatGroups.flatMap((group) => [...group.keys()]);
  }
}

/** Slot of one connection, released once. An object per connection: two closures take more memory. */
export class ConnectionSlot {
  readonly #connections: Connections;
  readonly #key: string;
  #connection: LiveConnection | null = null;

  constructor(connections: Connections, key: string) {
    this.#connections = connections;
    this.#key = key;
  }

  /** Let the connection that occupies the slot receive heartbeats. */
  attach(connection: LiveConnection): void {
    this.#connection = connection;
    this.#connections.add(connection);
  }

  release(): void {
    this.#connections.release(this.#key, this.#connection);
  }
}
