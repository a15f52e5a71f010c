import { Redis } from 'ioredis';

import type { Move, PassUse, Receipt, Stay } from '../evidence.ts';
import { staleness } from '../judge/freshness.ts';
import { STALE } from '../judge/judge.ts';
import { Agenda } from './agenda.ts';
import { Api } from './api.ts';
import { cheat } from './cheat.ts';
import { choicesOf } from './choices.ts';
import type { CrowdOptions, CrowdProgress, CrowdResult } from './crowd-process.ts';
import { follow } from './follow.ts';
import { HttpClient } from './http-client.ts';
import { join } from './join.ts';
import { LineHistory } from './line-history.ts';
import { Person } from './person.ts';
import { shop } from './shop.ts';
import { Tally } from './tally.ts';
import { openTokenSigner } from './tokens.ts';

const SWEEP_MS = 1_000;
const CONNECTIONS_PER_API = 48;
/** Far below LIMIT_SOCKETS_PER_ADDRESS. */
const SOCKETS_PER_ADDRESS = 64;
const MAX_COMPLAINTS = 1_000;

/** The people of one process. */
export class Crowd {
  readonly options: CrowdOptions;
  readonly agenda = new Agenda();
  readonly tally = new Tally();
  readonly api: Api;
  readonly sign: (viewer: string) => string;
  readonly receipts: Receipt[] = [];
  readonly passUses: PassUse[] = [];
  readonly moves: Move[] = [];
  readonly watchers = new Set<{ person: Person; openedAt: number; isStale: boolean }>();
  updates = 0;
  /** What other people of this process have, for cheats. */
  pass: string | null = null;
  token: string | null = null;
  solution: string | null = null;
  readonly #stays: Stay[] = [];
  readonly #complaints: string[] = [];
  readonly #clients: HttpClient[];
  readonly #history = new LineHistory();
  readonly #redis: Redis;
  readonly #sweep: NodeJS.Timeout;
  readonly #lives: Promise<void>[] = [];
  #sockets = 0;

  private constructor(options: CrowdOptions, sign: (viewer: string) => string) {
    this.options = options;
    this.sign = sign;
    let opened = 0;
    const localAddress = () => `127.0.${10 + options.index}.${1 + (opened++ % 250)}`;
    this.#clients = options.apis.map((url) => new HttpClient(url, CONNECTIONS_PER_API, localAddress));
    this.api = new Api(this.#clients, this.agenda, this.tally);
    this.#redis = new Redis(options.redisUrl);
    this.#redis.on('smessage', (_channel: string, text: string) => this.#history.onMessage(text, Date.now()));
    this.#sweep = setInterval(() => this.#checkWatchers(), SWEEP_MS);
  }

  static async open(options: CrowdOptions): Promise<Crowd> {
    const crowd = new Crowd(options, await openTokenSigner(options.issuerFile));
    await crowd.#redis.ssubscribe(options.channel);
    return crowd;
  }

  get event(): string {
    return this.options.event;
  }

  /** Let the people of this process arrive. */
  start(): void {
    const { index, processes, choices } = this.options;
    this.agenda.start();
    for (let number = index; number < choices.people; number += processes)
      this.#lives.push(
        this.#live(number).catch((error: unknown) =>
          this.complain(`person ${number} failed: ${String(error)}`),
        ),
      );
  }

  progress(): CrowdProgress {
    return {
      joined: this.#stays.length,
      subscriptions: this.watchers.size,
      updates: this.updates,
      backlog: this.#clients.reduce((sum, { backlog }) => sum + backlog, 0),
    };
  }

  async stop(): Promise<CrowdResult> {
    this.#checkWatchers();
    clearInterval(this.#sweep);
    this.agenda.stop();
    for (const client of this.#clients) client.close();
    this.#redis.disconnect();
    await Promise.all(this.#lives); // each ends soon once the agenda is over
    return {
      stays: this.#stays,
      receipts: this.receipts,
      passUses: this.passUses,
      moves: this.moves,
      complaints: this.#complaints,
      numbers: this.tally.numbers,
    };
  }

  complain(what: string): void {
    if (this.#complaints.length < MAX_COMPLAINTS && !this.agenda.isStopped) this.#complaints.push(what);
  }

  /** Note that a person has an entry. */
  begin(entry: string): Stay {
    const stay: Stay = {
      entry,
      place: null,
      heardAt: Date.now(),
      leftAt: null,
      goneAt: null,
      toldAt: null,
      subscribedAt: null,
      firstRange: null,
    };
    this.#stays.push(stay);
    return stay;
  }

  /** Whether the controller has published that a place was given up. */
  wasGivenUp(place: number): boolean {
    return this.#history.wasGivenUp(place);
  }

  addressOfSocket({ number }: Person): { url: URL; localAddress: string } {
    const group = Math.floor(this.#sockets++ / SOCKETS_PER_ADDRESS);
    const localAddress = `127.${1 + this.options.index}.${(group >> 7) & 127}.${1 + (group & 127)}`;
    return { url: this.#clients[number % this.#clients.length]!.url, localAddress };
  }

  async #live(number: number): Promise<void> {
    const choices = choicesOf(number, this.options.choices);
    await this.agenda.until(this.options.startsAt + choices.arrivesAfterMs);
    if (this.agenda.isStopped) return;
    const person = new Person(this, number, choices);
    await cheat(this, person, 'arrived');
    if (!(await join(this, person))) return;
    void cheat(this, person, 'joined');
    this.token = person.token;
    await this.#wait(person);
    if (person.state !== 'ADMITTED') return;
    await cheat(this, person, 'admitted');
    this.pass = person.pass;
    await shop(this, person);
    await cheat(this, person, 'left');
  }

  /** Wait for the admission, with what the person does meanwhile. */
  async #wait(person: Person): Promise<void> {
    const { reloadsAfterMs, leavesAfterMs, leavesBy } = person.choices;
    const joinedAt = Date.now();
    let reloadsAt = joinedAt + (reloadsAfterMs ?? Infinity);
    const leavesAt = joinedAt + (leavesAfterMs ?? Infinity);
    for (;;) {
      await follow(this, person, Math.min(reloadsAt, leavesAt));
      const isWaiting = ['BEFORE_OPENING', 'WAITING', 'SOLD_OUT', 'PAUSED'].includes(person.state);
      if (!isWaiting || this.agenda.isStopped) return;
      if (Date.now() >= leavesAt) {
        person.stay!.leftAt = Date.now();
        if (leavesBy === 'call')
          await this.api.ask(person.sender, 'leaveQueue', { input: { event: this.event } });
        this.tally.count(`left by ${leavesBy}`);
        return;
      }
      reloadsAt = Infinity;
      if (!(await join(this, person, { withToken: person.number % 2 === 0 }))) return;
    }
  }

  #checkWatchers(): void {
    const now = Date.now();
    const thenMs = this.#history.moveTo(now);
    for (const watcher of this.watchers) {
      const { person, openedAt, isStale } = watcher;
      if (isStale || openedAt > thenMs) continue;
      const { state, watch } = person;
      const stale = staleness({ state, place: watch.place, peopleAhead: watch.ahead }, this.#history, thenMs);
      if (stale === null) continue;
      watcher.isStale = true;
      this.complain(`${STALE}${person.viewer} ${stale}`);
    }
  }
}
