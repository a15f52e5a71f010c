import type { SeatMapDeltaMessage, SeatMapUpdateMessage } from '../../src/client/index.ts';

/** Tampers with a connection: drops one delta on request. */
export class DeltaDropper {
  readonly #hidesGap: boolean;
  #dropsNext = false;
  #hiddenGap: SeatMapDeltaMessage | null = null;
  readonly dropped: SeatMapDeltaMessage[] = [];

  /** `hidesGap` extends the next delta's range over the dropped one, so that the client cannot detect the gap. */
  constructor({ hidesGap }: { hidesGap: boolean }) {
    this.#hidesGap = hidesGap;
  }

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
