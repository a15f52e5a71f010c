/** Places side by side: so many, from the first on. */
export interface SeatBlock {
  first: number;
  count: number;
}

/** A choice of seats that could be made. */
export interface SeatCandidate {
  blocks: SeatBlock[];
  /** How many seats it leaves alone. */
  orphans: number;
  /** Less is better. */
  score: number;
}

/** Added to the score of what is taken only if there is nothing else; no house is so large. */
export const LAST_RESORT_PENALTY = 1e9;

/** To pick from more of the best, or to keep more to find them in, would cost milliseconds and spare nobody a try. */
const MAX_PICK_FROM = 256;
const MAX_KEPT = 2_048;

/** Keeps the best candidates that were offered, best first. */
export class Shortlist {
  readonly #kept: SeatCandidate[] = [];
  readonly #capacity: number;
  readonly #among: number;

  /** `among`: how many that have no seat in common one of them is to be picked from; `quantity`: the seats of each. */
  constructor(among: number, quantity: number) {
    this.#among = Math.min(among, MAX_PICK_FROM);
    // each candidate overlaps with up to two times its length of others
    this.#capacity = among === 1 ? 1 : Math.min(this.#among * 2 * quantity, MAX_KEPT);
  }

  /** Whether a candidate of this score would be kept: ask before making one. */
  wants(score: number): boolean {
    return this.#kept.length < this.#capacity || score < this.#kept.at(-1)!.score;
  }

  /** Offer a candidate; of equals, the first one offered is the better. */
  offer(candidate: SeatCandidate): void {
    if (!this.wants(candidate.score)) return;
    let [low, high] = [0, this.#kept.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#kept[middle]!.score <= candidate.score) low = middle + 1;
      else high = middle;
    }
    if (this.#kept.length === this.#capacity) this.#kept.pop();
    this.#kept.splice(low, 0, candidate);
  }

  /**
   * Pick one by chance of the best that have no seat in common and are as good in kind as the best: whoever picks at the
   * same moment is likely to pick another. `null`: nothing was offered.
   */
  pick(random: (below: number) => number): SeatCandidate | null {
    const best = this.#kept[0];
    if (best === undefined) return null;
    const choices: SeatCandidate[] = [];
    for (const candidate of this.#kept) {
      if (choices.length === this.#among) break;
      const alike =
        candidate.orphans <= best.orphans && candidate.score - best.score < LAST_RESORT_PENALTY / 2;
      if (alike && !choices.some((choice) => overlap(choice, candidate))) choices.push(candidate);
    }
    return choices[random(choices.length)]!;
  }
}

const overlap = (a: SeatCandidate, b: SeatCandidate): boolean =>
  a.blocks.some((one) =>
    b.blocks.some((other) => one.first < other.first + other.count && other.first < one.first + one.count),
  );
