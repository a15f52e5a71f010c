import type { SeatMapDeltaMessage, SeatMapUpdateMessage } from '../../src/client/index.ts';

/** Sits in a line, and takes out one delta when told to. */
export class Pickpocket {
  readonly #coversUp: boolean;
  #isTold = false;
  #uncovered: SeatMapDeltaMessage | null = null;
  /** What was taken. */
  readonly taken: SeatMapDeltaMessage[] = [];

  /** One who covers up makes the next delta look as if it followed on the one before, so that the client cannot know. */
  constructor({ coversUp }: { coversUp: boolean }) {
    this.#coversUp = coversUp;
  }

  /** Take the next one. */
  takeNext(): void {
    this.#isTold = true;
  }

  readonly meddle = (update: SeatMapUpdateMessage): SeatMapUpdateMessage | null => {
    if (update.__typename === 'SeatMap') return update;
    if (this.#isTold) {
      this.#isTold = false;
      this.taken.push(update);
      if (this.#coversUp) this.#uncovered = update;
      return null;
    }
    const before = this.#uncovered;
    this.#uncovered = null;
    return before === null ? update : { ...update, fromSequence: before.fromSequence };
  };
}
