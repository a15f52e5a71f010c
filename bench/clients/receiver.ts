import { setTimeout as pause } from 'node:timers/promises';

import { sharedClock } from '../clocks.ts';
import { serveRpc } from '../rpc.ts';
import { ReceiverConnection, type Handshake } from './receiver-connection.ts';

/** Connections of one kind. In `hello`, `$n` becomes the number of the connection, in four digits. */
export interface ConnectionGroup extends Handshake {
  count: number;
  /** How many messages each is sent before it counts as open. */
  initialMessages: number;
}

/** What all connections of one opening have been sent since the mark: all the same number of messages. */
export interface Received {
  /** Per connection. */
  messageCount: number;
  bytes: number;
  /** How many different sequences of bytes there were among them: 1, if all were sent the same. */
  variants: number;
  /** Of everything that the first connection was sent. */
  checksum: number;
  /** What that was. */
  messages: string[];
  /** When the n-th message was everywhere, by the shared clock. */
  completeAt: number[];
}

/** What came of all openings. */
export interface Results {
  /** From the first message to arrive until the last was everywhere. */
  elapsedMs: number;
  /** One per opening. */
  groups: Received[];
}

/** WebSocket clients that read, count and check, and do nothing else. */
export interface Receiver {
  open(openings: ConnectionGroup[]): Promise<void>;
  /** Count from here on. */
  reset(): Promise<void>;
  /** Wait until everybody has been sent what the others of their opening were, at least so many, and no more comes. */
  waitUntilQuiet(atLeast: number): Promise<Results>;
  closeAll(): Promise<void>;
}

/** Opened at once: enough to be quick, few enough for any backlog. */
const MAX_CONCURRENT_HANDSHAKES = 32;
const POLL_INTERVAL_MS = 5;
/** No more comes: several times the longest that changes are gathered. */
const QUIET_MS = 400;

/** The connections of one opening. */
class Group {
  readonly connections: ReceiverConnection[] = [];
  firstAt = Infinity;
  latestAt = 0;
  /** How many have been sent their n-th message. */
  #receivedBy: number[] = [];
  completeAt: number[] = [];

  async open({ count, initialMessages: greetedBy, ...greeting }: ConnectionGroup): Promise<void> {
    const openOnes = async () => {
      while (this.connections.length < count) {
        const number = String(this.connections.length).padStart(4, '0');
        const hello = greeting.requests.map((text) => text.replaceAll('$n', number));
        const connection = new ReceiverConnection({ ...greeting, requests: hello }, (texts) =>
          this.#onMessage(texts),
        );
        this.connections.push(connection);
        await until([connection], () => connection.isOpen && connection.texts >= greetedBy);
      }
    };
    await Promise.all(Array.from({ length: MAX_CONCURRENT_HANDSHAKES }, openOnes));
  }

  reset(): void {
    this.firstAt = Infinity;
    this.latestAt = 0;
    this.#receivedBy = [];
    this.completeAt = [];
    for (const [index, connection] of this.connections.entries()) connection.reset(index === 0);
  }

  hasEqualCounts(): boolean {
    return this.connections.every(({ texts }) => texts === this.connections[0]!.texts);
  }

  received(): Received {
    const { texts, bytes, checksum, kept } = this.connections[0]!;
    return {
      messageCount: texts,
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

  #onMessage(texts: number): void {
    if (this.firstAt === Infinity) this.firstAt = sharedClock();
    const count = (this.#receivedBy[texts] = (this.#receivedBy[texts] ?? 0) + 1);
    if (count === this.connections.length) this.completeAt[texts - 1] = this.latestAt = sharedClock();
  }
}

/** Wait, unless one of the connections fails. */
async function until(among: readonly ReceiverConnection[], done: () => boolean): Promise<void> {
  for (;;) {
    const failed = among.find(({ failure }) => failure !== null);
    if (failed) throw new Error(`a connection failed: ${failed.failure}`);
    if (done()) return;
    await pause(POLL_INTERVAL_MS);
  }
}

let groups: Group[] = [];
const all = () => groups.flatMap(({ connections }) => connections);

serveRpc<Receiver>({
  async open(openings) {
    for (const opening of openings) {
      const group = new Group();
      groups.push(group);
      await group.open(opening);
    }
  },
  async reset() {
    for (const group of groups) group.reset();
  },
  async waitUntilQuiet(atLeast) {
    await until(all(), () => {
      const latestAt = Math.max(...groups.map((group) => group.latestAt));
      if (sharedClock() - latestAt < QUIET_MS) return false;
      return groups.every((group) => group.hasEqualCounts() && group.connections[0]!.texts >= atLeast);
    });
    const began = Math.min(...groups.map(({ firstAt }) => firstAt));
    const ended = Math.max(...groups.map(({ latestAt }) => latestAt));
    return { elapsedMs: ended - began, groups: groups.map((group) => group.received()) };
  },
  async closeAll() {
    await Promise.all(all().map((connection) => connection.close()));
    groups = [];
  },
});
