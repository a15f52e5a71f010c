import { maySee } from '../../catalog/index.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { EventSeating } from '../snapshot.ts';
import type { ChannelTimes } from './channel-times.ts';

/** Seating and metadata of one Event as last loaded, and whether a later change is known that is not loaded yet. */
export class CurrentSeating {
  readonly #load: () => Promise<EventSeating | null>;
  readonly #times: Pick<ChannelTimes, 'metadataTtlMs' | 'pollMs'>;
  #value: EventSeating;
  #isRemoved = false;
  /** Change notifications received, and how many of them the loaded value reflects. */
  #notified = 0;
  #reflected = 0;
  /** Monotonic clock: a wall clock set back would delay every reload by that much. */
  #loadedAt = performance.now();

  constructor(
    initial: EventSeating,
    load: () => Promise<EventSeating | null>,
    times: Pick<ChannelTimes, 'metadataTtlMs' | 'pollMs'>,
  ) {
    this.#value = initial;
    this.#load = load;
    this.#times = times;
  }

  get value(): EventSeating {
    return this.#value;
  }

  /** Whether the Event was deleted, or has no map any more. */
  get isRemoved(): boolean {
    return this.#isRemoved;
  }

  /** Whether the Event changed after it was loaded: until the reload, viewers cannot be authorised. */
  get isOutdated(): boolean {
    return this.#notified > this.#reflected;
  }

  /** Whether the loaded value is older than its TTL at that time. */
  isExpired(now: number): boolean {
    return now - this.#loadedAt >= this.#times.metadataTtlMs;
  }

  /** Whether the viewer may see the map, by the value last loaded. */
  isVisibleTo(viewer: Viewer | null): boolean {
    return !this.#isRemoved && maySee(viewer, this.#value.event);
  }

  /** The Event has changed. */
  markOutdated(): void {
    this.#notified++;
  }

  /** The Event may have changed: it expires now. */
  expire(): void {
    this.#loadedAt = -Infinity;
  }

  /** Load the Event again; after a failure the retry is due in `pollMs`, so that other maintenance runs in between. */
  async reload(): Promise<void> {
    const notified = this.#notified;
    this.#loadedAt = performance.now();
    const loaded = await this.#load().catch((error: unknown) => {
      const { metadataTtlMs, pollMs } = this.#times;
      this.#loadedAt = Math.min(this.#loadedAt, performance.now() - metadataTtlMs + pollMs);
      throw error;
    });
    if (loaded === null) this.#isRemoved = true;
    else this.#value = loaded;
    this.#reflected = notified;
  }
}
