import type { RoomRow } from '../store/rooms.ts';
import { FRONTS, type LineView } from './line-view.ts';
import type { Pace } from './wait-estimates.ts';

/** Weight of the last second in the measured share of people who give up. */
const SMOOTHING = 1 / 60;

/** Measures how fast a line moves. */
export class LinePace {
  /** Share of the people in each front that gives up in a second. */
  readonly #attrition = FRONTS.map(() => 0);
  #abandoned: readonly number[] = FRONTS.map(() => 0);
  #at: number | null = null;

  /** Called about once a second, with a monotonic clock. */
  observe(now: number, view: LineView): void {
    if (this.#at !== null && now > this.#at) this.#measure((now - this.#at) / 1_000, view);
    this.#at = now;
    this.#abandoned = [...view.abandoned];
  }

  of(room: RoomRow, view: LineView): Pace {
    const { measuredRate } = view.numbers;
    return {
      rate: measuredRate === null ? null : measuredRate / 60,
      attrition: (people) => this.#attrition[FRONTS.findLastIndex((front) => front <= people)] ?? 0,
      slowest: Math.min(room.admissionsPerMinute / 60, room.capacity / room.visitSeconds),
    };
  }

  /** A front that the line does not fill counts as one that none leaves. */
  #measure(seconds: number, { abandoned, numbers: { waiting } }: LineView): void {
    const weight = Math.min(1, SMOOTHING * seconds);
    for (const [index, front] of FRONTS.entries()) {
      const left = waiting < front ? 0 : abandoned[index]! - this.#abandoned[index]!;
      this.#attrition[index]! += (left / front / seconds - this.#attrition[index]!) * weight;
    }
  }
}
