import { setTimeout as pause } from 'node:timers/promises';

import { serveCalls, sharedClock } from '../program.ts';
import { SinkConnection, type Greeting } from './sink-connection.ts';

/** Connections of one kind. In `hello`, `$n` becomes the number of the connection, in four digits. */
export interface Opening extends Greeting {
  count: number;
  /** How many messages each is sent before it counts as open. */
  greetedBy: number;
}

/** What all connections of one opening have been sent since the mark: all the same number of messages. */
export interface Reception {
  /** Per connection. */
  texts: number;
  bytes: number;
  /** How many different sequences of bytes there were among them: 1, if all were sent the same. */
  sequences: number;
  /** Of everything that the first connection was sent. */
  checksum: number;
  /** What that was. */
  messages: string[];
  /** When the n-th message was everywhere, by the shared clock. */
  everywhereAt: number[];
}

/** What came of all openings. */
export interface Receptions {
  /** From the first message to arrive until the last was everywhere. */
  elapsedMs: number;
  /** One per opening. */
  each: Reception[];
}

/** WebSocket clients that read, count and check, and do nothing else. */
export interface Sink {
  open(openings: Opening[]): Promise<void>;
  /** Count from here on. */
  mark(): Promise<void>;
  /** Wait until everybody has been sent what the others of their opening were, at least so many, and no more comes. */
  settled(atLeast: number): Promise<Receptions>;
  closeAll(): Promise<void>;
}

/** Opened at once: enough to be quick, few enough for any backlog. */
const AT_ONCE = 32;
const LOOK_EVERY_MS = 5;
/** No more comes: several times the longest that changes are gathered. */
const QUIET_MS = 400;

/** The connections of one opening. */
class Group {
  readonly connections: SinkConnection[] = [];
  firstAt = Infinity;
  latestAt = 0;
  /** How many have been sent their n-th message. */
  #reached: number[] = [];
  everywhereAt: number[] = [];

  async open({ count, greetedBy, ...greeting }: Opening): Promise<void> {
    const openOnes = async () => {
      while (this.connections.length < count) {
        const number = String(this.connections.length).padStart(4, '0');
        const hello = greeting.hello.map((text) => text.replaceAll('$n', number));
        const connection = new SinkConnection({ ...greeting, hello }, (texts) => this.#gotText(texts));
        this.connections.push(connection);
        await until([connection], () => connection.isOpen && connection.texts >= greetedBy);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, openOnes));
  }

  mark(): void {
    this.firstAt = Infinity;
    this.latestAt = 0;
    this.#reached = [];
    this.everywhereAt = [];
    for (const [index, connection] of this.connections.entries()) connection.mark(index === 0);
  }

  isEven(): boolean {
    return this.connections.every(({ texts }) => texts === this.connections[0]!.texts);
  }

  reception(): Reception {
    const { texts, bytes, checksum, kept } = this.connections[0]!;
    return {
      texts,
      bytes,
      checksum,
      sequences: new Set(this.connections.map((connection) => connection.checksum)).size,
      messages: Buffer.concat(kept ?? [])
        .toString()
        .split('\n')
        .slice(0, -1),
      everywhereAt: this.everywhereAt,
    };
  }

  #gotText(texts: number): void {
    if (this.firstAt === Infinity) this.firstAt = sharedClock();
    const count = (this.#reached[texts] = (this.#reached[texts] ?? 0) + 1);
    if (count === this.connections.length) this.everywhereAt[texts - 1] = this.latestAt = sharedClock();
  }
}

/** Wait, unless one of the connections fails. */
async function until(among: readonly SinkConnection[], done: () => boolean): Promise<void> {
  for (;;) {
    const failed = among.find(({ failure }) => failure !== null);
    if (failed) throw new Error(`a connection failed: ${failed.failure}`);
    if (done()) return;
    await pause(LOOK_EVERY_MS);
  }
}

let groups: Group[] = [];
const all = () => groups.flatMap(({ connections }) => connections);

serveCalls<Sink>({
  async open(openings) {
    for (const opening of openings) {
      const group = new Group();
      groups.push(group);
      await group.open(opening);
    }
  },
  async mark() {
    for (const group of groups) group.mark();
  },
  async settled(atLeast) {
    await until(all(), () => {
      const latestAt = Math.max(...groups.map((group) => group.latestAt));
      if (sharedClock() - latestAt < QUIET_MS) return false;
      return groups.every((group) => group.isEven() && group.connections[0]!.texts >= atLeast);
    });
    const began = Math.min(...groups.map(({ firstAt }) => firstAt));
    const ended = Math.max(...groups.map(({ latestAt }) => latestAt));
    return { elapsedMs: ended - began, each: groups.map((group) => group.reception()) };
  },
  async closeAll() {
    await Promise.all(all().map((connection) => connection.close()));
    groups = [];
  },
});
