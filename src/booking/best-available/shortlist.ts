/** Positions side by side. */
export interface SeatBlock {
  first: number;
  count: number;
}

export interface SeatCandidate {
  blocks: SeatBlock[];
  /** Single seats that it leaves over. */
  orphans: number;
  /** Lower is better. */
  score: number;
}

/** Added to the score of what is chosen last; larger than any distance in a plan. */
export const LAST_RESORT_PENALTY = 1e9;

/** Higher limits cost milliseconds and save no attempt. */
const MAX_PICK_FROM = 256;
const MAX_KEPT = 2_048;

/** Bounded list of the best candidates offered, best first. */
export class Shortlist {
  readonly #kept: SeatCandidate[] = [];
  readonly #capacity: number;
  readonly #pickFrom: number;

  /** `pickFrom`: number of disjoint candidates to pick from; `quantity`: seats per candidate. */
  constructor(pickFrom: number, quantity: number) {
    this.#pickFrom = Math.min(pickFrom, MAX_PICK_FROM);
    // a candidate overlaps with up to twice its length of others
    this.#capacity = pickFrom === 1 ? 1 : Math.min(this.#pickFrom * 2 * quantity, MAX_KEPT);
  }

  /** Whether a candidate of this score would be kept; cheaper than to build and offer one. */
  wants(score: number): boolean {
    return this.#kept.length < this.#capacity || score < this.#kept.at(-1)!.score;
  }

  /** Of equal candidates the first one offered ranks higher. */
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
   * Pick at random one of the best disjoint candidates that have no more orphans or last-resort penalties than the best:
   * concurrent calls are likely to pick different ones. `null`: no candidate was offered.
   */
  pick(random: (below: number) => number): SeatCandidate | null {
    const best = this.#kept[0];
    if (best === undefined) return null;
    const choices: SeatCandidate[] = [];
    for (const candidate of this.#kept) {
      if (choices.length === this.#pickFrom) break;
      const comparable =
        candidate.orphans <= best.orphans && candidate.score - best.score < LAST_RESORT_PENALTY / 2;
      if (comparable && !choices.some((choice) => overlap(choice, candidate))) choices.push(candidate);
    }
    return choices[random(choices.length)]!;
  }
}

const overlap = (a: SeatCandidate, b: SeatCandidate): boolean =>
  a.blocks.some((one) =>
    b.blocks.some((other) => one.first < other.first + other.count && other.first < one.first + one.count),
  );
