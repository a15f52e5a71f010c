/** Sleepers are woken in groups: a timer for each of 100,000 would take longer than what they do. */
const SLOT_MS = 50;

/** Lets many sleep with one timer. */
export class Agenda {
  readonly #slots = new Map<number, (() => void)[]>();
  #timer: NodeJS.Timeout | undefined;
  #next = Math.floor(Date.now() / SLOT_MS);
  #isStopped = false;

  /** Whether the arena is over: sleepers were woken. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  start(): void {
    this.#timer = setInterval(() => this.#wake(), SLOT_MS);
  }

  /** Wake all, and let none sleep again. */
  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
    for (const sleepers of this.#slots.values()) for (const wake of sleepers) wake();
    this.#slots.clear();
  }

  sleep(ms: number): Promise<void> {
    return this.until(Date.now() + ms);
  }

  until(at: number): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    const slot = Math.max(this.#next, Math.ceil(at / SLOT_MS));
    return new Promise((wake) => {
      const sleepers = this.#slots.get(slot);
      if (sleepers === undefined) this.#slots.set(slot, [wake]);
      else sleepers.push(wake);
    });
  }

  #wake(): void {
    const now = Math.floor(Date.now() / SLOT_MS);
    for (; this.#next <= now; this.#next++) {
      const sleepers = this.#slots.get(this.#next);
      this.#slots.delete(this.#next);
      for (const wake of sleepers ?? []) wake();
    }
  }
}
