/** The bucket holds what is admitted in this time: the burst after a pause. */
const BURST_SECONDS = 5;

/** The burst of a rate: so many may be admitted at once beyond rate × time. */
export const burstOf = (perMinute: number): number =>
  Math.max(1, Math.ceil((perMinute * BURST_SECONDS) / 60));

/** Token bucket of admissions, by the clock that it is given. */
export class TokenBucket {
  #tokens = 0;
  #at: Date;

  /** `at`: when the bucket was empty at the latest. */
  constructor(at: Date) {
    this.#at = at;
  }

  /** Tokens at an instant. A clock that goes back adds none. */
  available(now: Date, perMinute: number): number {
    const seconds = Math.max(0, now.getTime() - this.#at.getTime()) / 1_000;
    this.#tokens = Math.min(burstOf(perMinute), this.#tokens + (seconds * perMinute) / 60);
    this.#at = now;
    return Math.floor(this.#tokens);
  }

  take(count: number): void {
    this.#tokens -= count;
  }
}
