import type { Platform } from '../../platform/index.ts';
import { runEach } from '../../platform/run-each.ts';
import { refreshStock } from './refresh-stock.ts';

/** Debounce of the changes of an Event: counting takes 10 ms for 20,000 places. */
const DEBOUNCE_MS = 3_000;
/** Of more, those behind are found by `refreshUncounted`. */
const MAX_CHANGED = 10_000;
/** Events of one run, one after the other. */
const MAX_PER_RUN = 100;

/** Counts the stock of Events whose tickets change, each at most once in `DEBOUNCE_MS`. */
export class StockKeeper {
  /** When each changed Event is due, by the monotonic clock; earliest first. */
  readonly #dueAt = new Map<string, number>();
  readonly #now: () => number;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** Note Events whose tickets have changed. */
  noteChanges(eventIds: Iterable<string>): void {
    for (const eventId of eventIds) {
      if (this.#dueAt.size >= MAX_CHANGED) return;
      if (!this.#dueAt.has(eventId)) this.#dueAt.set(eventId, this.#now() + DEBOUNCE_MS);
    }
  }

  /** Count the stock of the Events that are due. */
  async refreshDue(platform: Pick<Platform, 'db' | 'metrics'>): Promise<void> {
    const due = [...this.#dueAt].filter(([, at]) => at <= this.#now()).slice(0, MAX_PER_RUN);
    for (const [eventId] of due) this.#dueAt.delete(eventId);
    await runEach(
      due.map(
        ([eventId]) =>
          () =>
            refreshStock(platform, eventId),
      ),
    );
  }
}
