import type { SeatMapDeltaMessage, SeatMapUpdateMessage } from '../../src/client/index.ts';

/** Sits in a line, and takes out one delta when told to. */
export class DeltaDropper {
  readonly #hidesGap: boolean;
  #dropsNext = false;
  #hiddenGap: SeatMapDeltaMessage | null = null;
  /** What was taken. */
  readonly dropped: SeatMapDeltaMessage[] = [];

  /** One who covers up makes the next delta look as if it followed on the one before, so that the client cannot know. */
  constructor({ coversUp }: { coversUp: boolean }) {
    this.#hidesGap = coversUp;
  }

  /** Take the next one. */
  dropNext(): void {
    this.#dropsNext = true;
  }

  readonly tamper = (update: SeatMapUpdateMessage): SeatMapUpdateMessage | null => {
    if (update.__typename === 'SeatMap') return update;
    if (this.#dropsNext) {
      this.#dropsNext = false;
      this.dropped.push(update);
      if (this.#hidesGap) this.#hiddenGap = update;
      return null;
    }
    const before = this.#hiddenGap;
    this.#hiddenGap = null;
    return before === null ? update : { ...update, fromSequence: before.fromSequence };
  };
}
