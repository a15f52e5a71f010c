import type { Metrics } from '../../platform/telemetry/metrics.ts';
import { isInLine, type EntryState } from '../line/entry-state.ts';
import { writeEntryToken } from '../tokens/entries.ts';
import type { EntryFinder } from './entry-finder.ts';
import type { LiveLine } from './live-line.ts';
import { statusOutside } from './queue-status.ts';
import type { WaiterUpdates } from './waiter-updates.ts';
import type { Waiter, Waiters } from './waiters.ts';

interface LookUpParts {
  live: LiveLine;
  waiters: Waiters;
  updates: WaiterUpdates;
  finder: EntryFinder;
  metrics: Pick<Metrics, 'queueEstimates'>;
  /** Milliseconds since 1970 by the clock of Postgres, which ends visits. */
  now: () => number;
}

/** Asks Redis where waiters are whose place was passed or is not known, and sends them what it answers. */
export class WaiterLookUps {
  readonly #parts: LookUpParts;

  constructor(parts: LookUpParts) {
    this.#parts = parts;
  }

  /** Without an answer the next maintenance of the room asks again. */
  lookUp(waiter: Waiter): void {
    const { finder, updates } = this.#parts;
    if (waiter.isLookedUp || updates.isClosed) return;
    waiter.isLookedUp = true;
    void finder
      .findOrRestore(waiter.entry, waiter.token === null ? null : waiter)
      .catch(() => undefined)
      .then((found) => {
        waiter.isLookedUp = false;
        if (waiter.index !== -1 && found !== undefined) this.#onFound(waiter, found);
      });
  }

  #onFound(waiter: Waiter, found: EntryState | null): void {
    const { live, waiters, updates, now } = this.#parts;
    if (!isInLine(found)) {
      if (found?.kind === 'admitted') this.#countEstimate(waiter);
      return updates.send(waiter, statusOutside(live.room, waiter, found, now()));
    }
    const place = live.placeOf(found);
    if (waiter.token === null || waiter.place !== place) {
      waiter.token = writeEntryToken(live.room, waiter.viewerId, { place });
      waiter.sentAhead = null;
    }
    waiters.place(waiter, place);
    updates.update(waiter);
  }

  #countEstimate(waiter: Waiter): void {
    const result = waiter.judgePromise(performance.now());
    if (result !== null) this.#parts.metrics.queueEstimates.inc({ result });
  }
}
