import type { QueuePositionMessage } from '../../../src/client/index.ts';
import type { Stay } from '../evidence.ts';
import { EntryWatch } from '../judge/entry-watch.ts';
import type { Sender } from './api.ts';
import type { Choices } from './choices.ts';
import type { Crowd } from './crowd.ts';

/** What an answer says of an entry: `QueueStatus`, and what `QueueEntry` has of it. */
export type Position = Omit<QueuePositionMessage, 'opensAt' | 'secondsLeft'>;

const USER_AGENTS = ['Firefox/151', 'Chrome/149', 'Safari/27', 'Edge/149', 'OnsaleApp/3'];
/** People behind one address: a family, and the accounts of a farm. */
const FAMILY = 4;
const FARM = 64;

type CrowdOfPerson = Pick<Crowd, 'begin' | 'complain' | 'moves' | 'sign' | 'wasGivenUp'>;

/** One person in front of the sale, and what it knows. */
export class Person {
  readonly number: number;
  readonly viewer: string;
  readonly choices: Choices;
  readonly sender: Sender;
  readonly #crowd: CrowdOfPerson;
  watch = new EntryWatch();
  /** From the first answer on. */
  stay: Stay | null = null;
  token: string | null = null;
  pass: string | null = null;
  visitEndsAt = 0;
  state = 'NOT_JOINED';
  minWaitSeconds: number | null = null;

  constructor(crowd: CrowdOfPerson, number: number, choices: Choices) {
    this.#crowd = crowd;
    this.number = number;
    this.choices = choices;
    this.viewer = `person-${number}`;
    const group =
      choices.cheat === null ? Math.floor(number / FAMILY) : 0xff_0000 + Math.floor(number / FARM);
    this.sender = {
      authorization: `Bearer ${crowd.sign(this.viewer)}`,
      address: `10.${(group >> 16) & 255}.${(group >> 8) & 255}.${group & 255}`,
      userAgent: USER_AGENTS[number % USER_AGENTS.length]!,
    };
  }

  /** Note an answer about the entry, and complain of what must not be. */
  note(position: Position, at = Date.now()): void {
    const { entry, place, state, minWaitSeconds: min, maxWaitSeconds: max } = position;
    this.#endStayOfMoved(place, at);
    for (const complaint of this.watch.see(position)) this.#crowd.complain(`${this.viewer}: ${complaint}`);
    this.state = state;
    this.token = position.token ?? this.token;
    this.minWaitSeconds = min;
    if (entry === null) return;
    this.stay ??= this.#crowd.begin(entry);
    const { stay } = this;
    stay.place ??= place;
    if (min !== null && max !== null) stay.firstRange ??= { at, min, max };
    if (state === 'GONE') stay.goneAt ??= at;
    else stay.heardAt = at;
    if (state !== 'ADMITTED') return;
    stay.toldAt ??= at;
    this.pass = position.pass;
    this.visitEndsAt = Date.parse(position.visitEndsAt!);
  }

  /**
   * Who joins again by a reload after a long silence, in which the place was given up or the visit ran out, has a new place, and
   * begins a new stay. The judge knows of visits.
   */
  #endStayOfMoved(place: number | null, at: number): void {
    const before = this.stay?.place ?? null;
    if (before === null || place === null || place === before) return;
    if (!this.#crowd.wasGivenUp(before))
      this.#crowd.moves.push({ entry: this.stay!.entry, from: before, to: place, at });
    this.stay!.goneAt ??= at;
    this.stay = null;
    this.watch = new EntryWatch();
  }
}
