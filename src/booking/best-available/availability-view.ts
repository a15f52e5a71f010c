import type { Db } from '../../platform/db/pool.ts';
import { singleFlightFresh } from '../../platform/single-flight.ts';
import { readFree } from '../store/tickets.ts';

/**
 * What is free at an Event, as the calls of this process see it that choose there at the same time.
 *
 * They share readings, so that a stampede costs a few of them and not one for each; and what one has chosen, the others
 * leave alone, so that they do not all run for the same best seats.
 */
export interface SharedAvailability extends Disposable {
  /** Read what is free now, by place: 1 is free, and CLAIMED about to be taken. Never older than the question. */
  read(): Promise<Uint8Array>;
  /** Say what one is about to take, right after looking; disposing of it says that nothing came of it, unless `cameTrue`. */
  claim(places: readonly number[]): PlacesClaim;
  /** Do something when no other call of this process at the Event is doing so: one connection is enough to wait at. */
  runExclusive<T>(work: () => Promise<T>): Promise<T>;
}

/** How a place reads that is free, but about to be taken by another call of this process. */
export const CLAIMED = 2;

/** Places that one call is about to take. */
interface PlacesClaim extends Disposable {
  confirm(): void;
}

/** By database, as each has Events of its own; only those that are being chosen from. */
const watched = new WeakMap<Db, Map<string, { places: AvailabilityView; callers: number }>>();

/** Join those who choose at an Event; disposing leaves. */
export function openSharedAvailability(db: Db, eventId: string, places: number): SharedAvailability {
  let events = watched.get(db);
  if (events === undefined) {
    events = new Map<string, { places: AvailabilityView; callers: number }>();
    watched.set(db, events);
  }
  const entry = events.get(eventId) ?? {
    places: new AvailabilityView(() => readFree(db, eventId, places)),
    callers: 0,
  };
  events.set(eventId, entry);
  entry.callers++;
  return {
    read: () => entry.places.look(),
    claim: (claimed) => entry.places.claim(claimed),
    runExclusive: (work) => entry.places.alone(work),
    [Symbol.dispose]() {
      if (--entry.callers === 0) events.delete(eventId);
    },
  };
}

class AvailabilityView {
  readonly #read: () => Promise<Uint8Array>;
  /** How many live claims there are on a place. */
  readonly #claims = new Map<number, number>();
  /** Places that claims came true on while a reading was under way, which may not know of it. */
  #takenMeanwhile: number[] = [];
  #latest: Uint8Array | null = null;
  readonly #look: (key: string) => Promise<Uint8Array>;
  #lastAlone: Promise<unknown> = Promise.resolve();

  constructor(read: () => Promise<Uint8Array>) {
    this.#read = read;
    this.#look = singleFlightFresh(() => this.#begin());
  }

  look(): Promise<Uint8Array> {
    return this.#look('');
  }

  async #begin(): Promise<Uint8Array> {
    this.#takenMeanwhile = [];
    const free = await this.#read();
    for (const place of this.#takenMeanwhile) free[place] = 0;
    for (const place of this.#claims.keys()) if (free[place] === 1) free[place] = CLAIMED;
    return (this.#latest = free);
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#lastAlone.then(work);
    this.#lastAlone = done.catch(() => null);
    return done;
  }

  claim(places: readonly number[]): PlacesClaim {
    for (const place of places) {
      this.#claims.set(place, (this.#claims.get(place) ?? 0) + 1);
      if (this.#latest?.[place] === 1) this.#latest[place] = CLAIMED;
    }
    let open = true;
    const end = (cameTrue: boolean) => {
      if (!open) return;
      open = false;
      for (const place of places) this.#unclaim(place, cameTrue);
    };
    return { confirm: () => end(true), [Symbol.dispose]: () => end(false) };
  }

  #unclaim(place: number, taken: boolean): void {
    const others = (this.#claims.get(place) ?? 0) - 1;
    if (others > 0) this.#claims.set(place, others);
    else this.#claims.delete(place);
    if (taken) {
      this.#takenMeanwhile.push(place);
      if (this.#latest !== null) this.#latest[place] = 0;
    } else if (others <= 0 && this.#latest?.[place] === CLAIMED) this.#latest[place] = 1;
  }
}
