/** The bucket holds what is admitted in this time: the burst after a pause. */
const BURST_SECONDS = 5;

/** The burst of a rate: so many may be admitted at once beyond rate × time. */
export const burstOf = (perMinute: number): number =>
  Math.max(1, Math.ceil((perMinute * BURST_SECONDS) / 60));

/** Token bucket of admissions, by the clock that it is given. */
export class TokenBucket {
  #tokens = 0;
  /** Until when the bucket was filled. */
  #at: Date;
  #now: Date;

  /** `at`: when the bucket was empty at the latest. */
  constructor(at: Date) {
    this.#at = at;
    this.#now = at;
  }

  /** Tokens at an instant. A clock that goes back adds none. */
  available(now: Date, perMinute: number): number {
    if (now < this.#now) this.#at = now;
    this.#now = now;
    this.#fill(now, perMinute);
    return Math.floor(this.#tokens);
  }

  /** Take tokens for admissions that were committed at an instant, not before the last `available`: from then on the bucket fills. */
  take(count: number, at: Date, perMinute: number): void {
    this.#fill(at, perMinute);
    this.#tokens -= count;
  }

  #fill(until: Date, perMinute: number): void {
    const seconds = Math.max(0, until.getTime() - this.#at.getTime()) / 1_000;
    this.#tokens = Math.min(burstOf(perMinute), this.#tokens + (seconds * perMinute) / 60);
    if (until > this.#at) this.#at = until;
  }
}
