import type { RoomRow } from '../store/rooms.ts';
import type { LineView } from './line-view.ts';
import type { Pace } from './wait-estimates.ts';

/** Weight of the last second in the measured share of people who give up. */
const SMOOTHING = 1 / 60;

/** Measures how fast a line moves. */
export class LinePace {
  #attrition = 0;
  #abandoned = 0;
  #at: number | null = null;

  /** Called about once a second, with a monotonic clock. */
  observe(now: number, view: LineView): void {
    if (this.#at !== null && now > this.#at) {
      const seconds = (now - this.#at) / 1_000;
      const share = (view.abandoned - this.#abandoned) / Math.max(1, view.numbers.waiting) / seconds;
      this.#attrition += (share - this.#attrition) * Math.min(1, SMOOTHING * seconds);
    }
    this.#at = now;
    this.#abandoned = view.abandoned;
  }

  of(room: RoomRow, view: LineView): Pace {
    const { measuredRate } = view.numbers;
    return {
      rate: measuredRate === null ? null : measuredRate / 60,
      attrition: this.#attrition,
      slowest: Math.min(room.admissionsPerMinute / 60, room.capacity / room.visitSeconds),
    };
  }
}
