import { singleFlightFresh } from '../platform/single-flight.ts';
import type { Log } from '../platform/telemetry/log.ts';

/** A read that a process repeats. Concurrent callers share it; an outage is logged once when it begins, and once when it is over. */
export class RepeatedRead {
  readonly #what: string;
  readonly #log: Pick<Log, 'warn' | 'info'>;
  readonly #monotonicMs: () => number;
  readonly #runShared: (key: string) => Promise<boolean>;
  readonly #running = new Set<Promise<boolean>>();
  /** When the last read that succeeded began; at first, when the process did. */
  #readAt: number;
  #failedAt: number | null = null;
  #hasSettled = false;

  constructor(
    what: string,
    read: () => Promise<void>,
    { log, monotonicMs }: { log: Pick<Log, 'warn' | 'info'>; monotonicMs: () => number },
  ) {
    this.#what = what;
    this.#log = log;
    this.#monotonicMs = monotonicMs;
    this.#readAt = monotonicMs();
    this.#runShared = singleFlightFresh(() => this.#run(read));
  }

  /** Read: what was committed before the call is known after it. `false`: the read failed. */
  run(): Promise<boolean> {
    const running = this.#runShared('').finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  get isUnderWay(): boolean {
    return this.#running.size > 0;
  }

  /** Whether a read has succeeded or failed yet. */
  get hasSettled(): boolean {
    return this.#hasSettled;
  }

  /** How old what was read may be. */
  get ageMs(): number {
    return this.#monotonicMs() - this.#readAt;
  }

  /** Resolves when no read is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** An outage is noted: by a read that failed, or for one that gets no answer. */
  noteOutage(error: unknown): void {
    if (this.#failedAt !== null) return;
    this.#failedAt = this.#monotonicMs();
    this.#log.warn({ err: error }, `${this.#what} not read`);
  }

  async #run(read: () => Promise<void>): Promise<boolean> {
    const startedAt = this.#monotonicMs();
    try {
      await read();
    } catch (error) {
      this.noteOutage(error);
      return false;
    } finally {
      this.#hasSettled = true;
    }
    this.#readAt = startedAt;
    if (this.#failedAt !== null)
      this.#log.info(
        { outageMs: Math.round(this.#monotonicMs() - this.#failedAt) },
        `${this.#what} read again`,
      );
    this.#failedAt = null;
    return true;
  }
}
