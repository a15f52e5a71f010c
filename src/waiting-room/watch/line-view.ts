import type { GivenUp, LineMessage } from '../line/entry-state.ts';
import type { LineSnapshot } from '../line/line.ts';
import { GivenUpPlaces } from './given-up-places.ts';

/** Numbers of a line that are the same for all who wait. */
export type LineNumbers = Pick<LineMessage, 'waiting' | 'inside' | 'measuredRate' | 'isSoldOut'>;

/** What changed for single places: those from the old head to the new one, and some beyond it. */
export interface LineChange {
  fromHead: number;
  gone: readonly GivenUp[];
}

/** Sizes of fronts: those who give up are counted among the first 32 people of a line, the first 128, and so on to 8 million. */
export const FRONTS: readonly number[] = Array.from({ length: 10 }, (_, index) => 32 * 4 ** index);

/** A line as a process knows it. Its head never moves back, and what was given up stays so: people ahead never grow. */
export class LineView {
  readonly #givenUp = new GivenUpPlaces();
  #sequence = 0;
  #needsSnapshot = true;
  #numbers: LineNumbers = { waiting: 0, inside: 0, measuredRate: null, isSoldOut: false };
  readonly #abandoned = FRONTS.map(() => 0);

  /** `head` is the one that Postgres has: the line has moved at least as far. */
  constructor(head: number) {
    this.#givenUp.advance(head);
  }

  get head(): number {
    return this.#givenUp.head;
  }

  get numbers(): LineNumbers {
    return this.#numbers;
  }

  /** Places of each front that messages gave up; without those that Redis lost. */
  get abandoned(): readonly number[] {
    return this.#abandoned;
  }

  /** Whether a message was missed: load a snapshot. */
  get needsSnapshot(): boolean {
    return this.#needsSnapshot;
  }

  /** Whether the place is in the line, as far as messages say. */
  isWaiting(place: number): boolean {
    return place > this.head && !this.#givenUp.has(place);
  }

  /** Redis has the place in the line: a token restored it. */
  revive(place: number): void {
    this.#givenUp.delete(place);
  }

  /** Number of people before a place. */
  peopleAhead(place: number): number {
    return Math.max(0, place - this.head - 1 - this.#givenUp.countBelow(place));
  }

  /** Apply a message; null: it is known already. */
  apply(message: LineMessage): LineChange | null {
    if (message.sequence <= this.#sequence) return null;
    if (message.sequence !== this.#sequence + 1) this.#needsSnapshot = true;
    return this.#update(message, (place) => this.#addGivenUp(place));
  }

  /** Apply a snapshot, in place of the messages that were missed. */
  load(snapshot: LineSnapshot): LineChange | null {
    this.#needsSnapshot = false;
    return snapshot.sequence < this.#sequence
      ? null
      : this.#update(snapshot, (place) => this.#givenUp.add(place));
  }

  /** Messages may have been lost. */
  invalidate(): void {
    this.#needsSnapshot = true;
  }

  #update(news: Omit<LineMessage, 'generation'>, add: (place: number) => boolean): LineChange {
    this.#sequence = news.sequence;
    const { waiting, inside, measuredRate, isSoldOut } = news;
    this.#numbers = { waiting, inside, measuredRate, isSoldOut };
    const gone = news.gone.filter((places) =>
      typeof places === 'number' ? add(places) : this.#givenUp.addRange(...places) > 0,
    );
    const fromHead = this.head;
    this.#givenUp.advance(news.head);
    return { fromHead, gone };
  }

  #addGivenUp(place: number): boolean {
    if (!this.#givenUp.add(place)) return false;
    const ahead = this.peopleAhead(place);
    for (const [index, front] of FRONTS.entries()) if (ahead < front) this.#abandoned[index]!++;
    return true;
  }
}
