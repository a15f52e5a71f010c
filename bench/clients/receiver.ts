import { setTimeout as pause } from 'node:timers/promises';

import { sharedClock } from '../clocks.ts';
import { serveRpc } from '../rpc.ts';
import { ReceiverConnection, type Handshake } from './receiver-connection.ts';

/** Connections of one kind. In `requests`, `$n` is replaced by the connection's number, in four digits, `$token` by its token. */
export interface ConnectionGroup extends Handshake {
  count: number;
  /** Messages that each receives before it counts as open. */
  initialMessages: number;
  tokens?: readonly string[];
}

/** What the connections of a group received since the last reset: all the same number of messages. */
export interface Received {
  /** Per connection. */
  messageCount: number;
  bytes: number;
  /** Number of different byte sequences among the connections: 1 if all received the same. */
  variants: number;
  /** CRC-32 of all that the first connection received. */
  checksum: number;
  /** The same as text. */
  messages: string[];
  /** When the last connection received the n-th message, by the shared clock. */
  completeAt: number[];
}

export interface Results {
  /** From the first message on any connection until the last message on all. */
  elapsedMs: number;
  /** In the order in which they were opened. */
  groups: Received[];
}

/** WebSocket clients in a process of their own that count and checksum messages. */
export interface Receiver {
  open(groups: ConnectionGroup[]): Promise<void>;
  /** Start counting from zero. */
  reset(): Promise<void>;
  /** Wait until all connections of a group have the same number of messages, at least `minMessages`, and no more arrive. */
  waitUntilQuiet(minMessages: number): Promise<Results>;
  closeAll(): Promise<void>;
}

/** Fewer than the listen backlog of any server. */
const MAX_CONCURRENT_HANDSHAKES = 32;
const POLL_INTERVAL_MS = 5;
/** Several times the longest window of coalescing. */
const QUIET_MS = 400;

class Group {
  readonly connections: ReceiverConnection[] = [];
  firstAt = Infinity;
  latestAt = 0;
  /** Number of connections that have received their n-th message. */
  #receivedBy: number[] = [];
  completeAt: number[] = [];

  async open({ count, initialMessages, tokens = [], ...handshake }: ConnectionGroup): Promise<void> {
    const openConnections = async () => {
      while (this.connections.length < count) {
        const index = this.connections.length;
        const number = String(index).padStart(4, '0');
        const requests = handshake.requests.map((text) =>
          text.replaceAll('$n', number).replaceAll('$token', tokens[index] ?? ''),
        );
        const connection = new ReceiverConnection({ ...handshake, requests }, (messageCount) =>
          this.#onMessage(messageCount),
        );
        this.connections.push(connection);
        await waitUntil([connection], () => connection.isOpen && connection.messageCount >= initialMessages);
      }
    };
    await Promise.all(Array.from({ length: MAX_CONCURRENT_HANDSHAKES }, openConnections));
  }

  reset(): void {
    this.firstAt = Infinity;
    this.latestAt = 0;
    this.#receivedBy = [];
    this.completeAt = [];
    for (const [index, connection] of this.connections.entries()) connection.reset(index === 0);
  }

  hasEqualCounts(): boolean {
    return this.connections.every(({ messageCount }) => messageCount === this.connections[0]!.messageCount);
  }

  received(): Received {
    const { messageCount, bytes, checksum, kept } = this.connections[0]!;
    return {
      messageCount,
      bytes,
      checksum,
      variants: new Set(this.connections.map((connection) => connection.checksum)).size,
      messages: Buffer.concat(kept ?? [])
        .toString()
        .split('\n')
        .slice(0, -1),
      completeAt: this.completeAt,
    };
  }

  #onMessage(messageCount: number): void {
    if (this.firstAt === Infinity) this.firstAt = sharedClock();
    const count = (this.#receivedBy[messageCount] = (this.#receivedBy[messageCount] ?? 0) + 1);
    if (count === this.connections.length) this.completeAt[messageCount - 1] = this.latestAt = sharedClock();
  }
}

/** Poll until `done`; throws if a connection fails. */
async function waitUntil(connections: readonly ReceiverConnection[], done: () => boolean): Promise<void> {
  for (;;) {
    const failed = connections.find(({ failure }) => failure !== null);
    if (failed) throw new Error(`a connection failed: ${failed.failure}`);
    if (done()) return;
    await pause(POLL_INTERVAL_MS);
  }
}

let groups: Group[] = [];
const allConnections = () => groups.flatMap(({ connections }) => connections);

serveRpc<Receiver>({
  async open(opened) {
    for (const connections of opened) {
      const group = new Group();
      groups.push(group);
      await group.open(connections);
    }
  },
  async reset() {
    for (const group of groups) group.reset();
  },
  async waitUntilQuiet(minMessages) {
    await waitUntil(allConnections(), () => {
      const latestAt = Math.max(...groups.map((group) => group.latestAt));
      if (sharedClock() - latestAt < QUIET_MS) return false;
      return groups.every(
        (group) => group.hasEqualCounts() && group.connections[0]!.messageCount >= minMessages,
      );
    });
    const startedAt = Math.min(...groups.map(({ firstAt }) => firstAt));
    const endedAt = Math.max(...groups.map(({ latestAt }) => latestAt));
    return { elapsedMs: endedAt - startedAt, groups: groups.map((group) => group.received()) };
  },
  async closeAll() {
    await Promise.all(allConnections().map((connection) => connection.close()));
    groups = [];
  },
});
