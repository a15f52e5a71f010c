import { GivenUpPlaces } from '../../../src/waiting-room/watch/given-up-places.ts';
import { MAX_DELAY_MS, type LineThen } from '../judge/freshness.ts';

/** What a step of the controller publishes, as far as it concerns those who wait. */
interface Message {
  at: number;
  head: number;
  /** Places, or the first and the last of some. */
  gone: readonly (number | readonly [number, number])[];
  isSoldOut: boolean;
}

/** The line as it was ten seconds ago, from the messages of the controller. */
export class LineHistory implements LineThen {
  readonly #messages: Message[] = [];
  readonly #givenUp = new GivenUpPlaces();
  isOpen = false;
  isSoldOut = false;
  soldOutSince = 0;
  #latestSoldOut = false;
  /** Places that were published as given up until now, not ten seconds ago. */
  readonly #publishedGone = new Set<number>();

  onMessage(text: string, at: number): void {
    const { head, gone, isSoldOut } = JSON.parse(text) as Message;
    this.#messages.push({ at, head, gone, isSoldOut });
    for (const [from, to] of gone.map(rangeOf))
      for (let place = from; place <= to; place++) this.#publishedGone.add(place);
    if (isSoldOut === this.#latestSoldOut) return;
    this.#latestSoldOut = isSoldOut;
    this.soldOutSince = at;
  }

  /** Move on; returns the moment that is described. */
  moveTo(now: number): number {
    const thenMs = now - MAX_DELAY_MS;
    while (this.#messages.length > 0 && this.#messages[0]!.at <= thenMs) {
      const { head, gone, isSoldOut } = this.#messages.shift()!;
      for (const [from, to] of gone.map(rangeOf)) this.#givenUp.addRange(from, to);
      this.#givenUp.advance(head);
      this.isOpen = true;
      this.isSoldOut = isSoldOut;
    }
    return thenMs;
  }

  /** Whether the controller has published that a place was given up. */
  wasGivenUp(place: number): boolean {
    return this.#publishedGone.has(place);
  }

  get head(): number {
    return this.#givenUp.head;
  }

  isGone(place: number): boolean {
    return this.#givenUp.has(place);
  }

  peopleAhead(place: number): number {
    return Math.max(0, place - this.head - 1 - this.#givenUp.countBelow(place));
  }
}

const rangeOf = (places: number | readonly [number, number]): readonly [number, number] =>
  typeof places === 'number' ? [places, places] : places;
