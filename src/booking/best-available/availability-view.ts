import type { Db } from '../../platform/db/pool.ts';
import { singleFlightFresh } from '../../platform/single-flight.ts';
import { readFree } from '../store/tickets.ts';

/**
 * Free places of an Event, shared by the concurrent best-available calls of this process.
 *
 * Calls share reads, so that a stampede costs a few reads, not one per call. Places that one call has claimed are avoided
 * by the others, so that they do not all compete for the same best seats.
 */
export interface SharedAvailability extends Disposable {
  /** Read by place: 1 is free, CLAIMED is about to be taken. The read begins after the call. */
  read(): Promise<Uint8Array>;
  /** Claim places synchronously after `read`. Disposal gives the claim up, unless it was confirmed. */
  claim(places: readonly number[]): PlacesClaim;
  /** Run one piece of work at a time per Event in this process: one connection is enough to wait for locks. */
  runExclusive<T>(work: () => Promise<T>): Promise<T>;
}

/** State of a free place that another call of this process is about to take. */
export const CLAIMED = 2;

interface PlacesClaim extends Disposable {
  /** The places were taken. */
  confirm(): void;
}

interface ViewEntry {
  view: AvailabilityView;
  refCount: number;
}

/** By database, as each has Events of its own. Only Events with calls in flight have a view. */
const views = new WeakMap<Db, Map<string, ViewEntry>>();

/** Join the calls that choose at an Event; disposal leaves. */
export function openSharedAvailability(db: Db, eventId: string, places: number): SharedAvailability {
  let byEvent = views.get(db);
  if (byEvent === undefined) {
    byEvent = new Map<string, ViewEntry>();
    views.set(db, byEvent);
  }
  const entry = byEvent.get(eventId) ?? {
    view: new AvailabilityView(() => readFree(db, eventId, places)),
    refCount: 0,
  };
  byEvent.set(eventId, entry);
  entry.refCount++;
  return {
    read: () => entry.view.read(),
    claim: (claimed) => entry.view.claim(claimed),
    runExclusive: (work) => entry.view.runExclusive(work),
    [Symbol.dispose]() {
      if (--entry.refCount === 0) byEvent.delete(eventId);
    },
  };
}

class AvailabilityView {
  readonly #readFree: () => Promise<Uint8Array>;
  /** Number of open claims by place. */
  readonly #claims = new Map<number, number>();
  /** Places taken while a read is in flight, whose snapshot may be older. */
  #takenDuringRead: number[] = [];
  #latest: Uint8Array | null = null;
  readonly #sharedRead: (key: string) => Promise<Uint8Array>;
  #lastExclusive: Promise<unknown> = Promise.resolve();

  constructor(readFree: () => Promise<Uint8Array>) {
    this.#readFree = readFree;
    this.#sharedRead = singleFlightFresh(() => this.#readWithClaims());
  }

  read(): Promise<Uint8Array> {
    return this.#sharedRead('');
  }

  async #readWithClaims(): Promise<Uint8Array> {
    this.#takenDuringRead = [];
    const free = await this.#readFree();
    for (const place of this.#takenDuringRead) free[place] = 0;
    for (const place of this.#claims.keys()) if (free[place] === 1) free[place] = CLAIMED;
    return (this.#latest = free);
  }

  runExclusive<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#lastExclusive.then(work);
    this.#lastExclusive = done.catch(() => null);
    return done;
  }

  claim(places: readonly number[]): PlacesClaim {
    for (const place of places) {
      this.#claims.set(place, (this.#claims.get(place) ?? 0) + 1);
      if (this.#latest?.[place] === 1) this.#latest[place] = CLAIMED;
    }
    let open = true;
    const end = (taken: boolean) => {
      if (!open) return;
      open = false;
      for (const place of places) this.#endClaim(place, taken);
    };
    return { confirm: () => end(true), [Symbol.dispose]: () => end(false) };
  }

  #endClaim(place: number, taken: boolean): void {
    const others = (this.#claims.get(place) ?? 0) - 1;
    if (others > 0) this.#claims.set(place, others);
    else this.#claims.delete(place);
    if (taken) {
      this.#takenDuringRead.push(place);
      if (this.#latest !== null) this.#latest[place] = 0;
    } else if (others <= 0 && this.#latest?.[place] === CLAIMED) this.#latest[place] = 1;
  }
}
