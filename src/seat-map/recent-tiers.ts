import { LRUCache } from 'lru-cache';

import type { SeatMapSnapshot } from './snapshot.ts';

type Tiers = SeatMapSnapshot['tiers'] | null;

/** All who wait ask for it: a map is counted once a second. */
const MAX_AGE_MS = 1_000;
const MAX_EVENTS = 1_000;

/** Availability by tier of the Events that were asked for, counted at most once a second, whatever the number of requests. */
export class RecentTiers {
  readonly #recent = new LRUCache<string, Promise<Tiers>>({ max: MAX_EVENTS, ttl: MAX_AGE_MS });
  readonly #read: (eventId: string) => Promise<Tiers>;

  constructor(read: (eventId: string) => Promise<Tiers>) {
    this.#read = read;
  }

  read(eventId: string): Promise<Tiers> {
    let tiers = this.#recent.get(eventId);
    if (tiers === undefined) {
      tiers = this.#read(eventId);
      this.#recent.set(eventId, tiers);
      tiers.catch(() => this.#recent.delete(eventId));
    }
    return tiers;
  }
}
