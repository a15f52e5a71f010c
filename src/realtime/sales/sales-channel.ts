import { isDeepStrictEqual } from 'node:util';

import type { EventSales, SalesReader } from '../../payments/index.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Log } from '../../platform/telemetry/log.ts';
import type { SeatMapChannel, SeatMapSubscriber } from '../../seat-map/index.ts';
import type { LiveChannel, LiveSubscriber } from '../subscription/live-stream.ts';

/** Figures of a sale as a subscription sends them. */
export type SalesUpdate = EventSales & { __typename: 'EventSales'; cursor: string };

export interface SalesChannelParts {
  eventId: string;
  /** The first subscriber, on whose behalf the seat map is followed. */
  viewer: Viewer;
  seats: SeatMapChannel;
  sales: SalesReader;
  log: Pick<Log, 'warn'>;
  first: SalesUpdate;
  onOpen: (channel: SalesChannel) => void;
  onClosed: (channel: SalesChannel) => void;
}

/** Between updates. */
const MIN_INTERVAL_MS = 1_000;
/** After a count that failed. */
const RETRY_MS = 5_000;
/** A refund that leaves the tickets with their buyer changes no seat map. */
const RECOUNT_MS = 15_000;

/** The sale of one Event: it is counted when the seat map has changed, and sent if the figures have. */
export class SalesChannel implements LiveChannel<SalesUpdate> {
  readonly #parts: SalesChannelParts;
  readonly #subscribers = new Set<LiveSubscriber<SalesUpdate>>();
  readonly #seatSubscriber: SeatMapSubscriber;
  #last: SalesUpdate;
  /** When the map changed last, by the clock of `asOf`. */
  #changedAt = 0;
  #notBefore = 0;
  #isCounting = false;
  #timer: NodeJS.Timeout | undefined;
  #recount: NodeJS.Timeout | undefined;

  constructor(parts: SalesChannelParts) {
    this.#parts = parts;
    this.#last = parts.first;
    this.#seatSubscriber = {
      viewer: parts.viewer,
      passes: [],
      onUpdate: () => this.#noteChange(),
      end: (refusal) => this.#end(refusal),
    };
  }

  join(_after: string | null, subscriber: LiveSubscriber<SalesUpdate>): readonly SalesUpdate[] {
    if (this.#subscribers.size === 0) {
      this.#parts.seats.join(null, this.#seatSubscriber);
      this.#recount = setInterval(() => this.#noteChange(), RECOUNT_MS).unref();
      this.#parts.onOpen(this);
      this.#noteChange(); // between the first count and this
    }
    this.#subscribers.add(subscriber);
    return [this.#last];
  }

  leave(subscriber: LiveSubscriber<SalesUpdate>): void {
    if (this.#subscribers.delete(subscriber) && this.#subscribers.size === 0) this.close();
  }

  /** End what it does without a message. */
  close(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#recount);
    this.#timer = undefined;
    this.#parts.seats.leave(this.#seatSubscriber);
    this.#parts.onClosed(this);
  }

  #noteChange(): void {
    this.#changedAt = Date.now();
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#isCounting) return;
    const waitMs = Math.max(this.#parts.sales.waitMs(this.#parts.eventId), this.#notBefore - Date.now(), 0);
    this.#timer = setTimeout(() => void this.#count(), waitMs).unref();
  }

  async #count(): Promise<void> {
    this.#timer = undefined;
    this.#isCounting = true;
    try {
      const sales = await this.#parts.sales.read(this.#parts.eventId);
      this.#notBefore = Date.now() + MIN_INTERVAL_MS;
      if (sales !== null) this.#send(updateOf(sales));
    } catch (error) {
      this.#notBefore = Date.now() + RETRY_MS;
      this.#parts.log.warn({ err: error }, 'sales of an event not counted');
    } finally {
      this.#isCounting = false;
    }
    // a count that began before the change does not have it
    if (this.#subscribers.size > 0 && this.#last.asOf.getTime() < this.#changedAt) this.#schedule();
  }

  #send(update: SalesUpdate): void {
    const hasChanged = !isDeepStrictEqual(timeless(update), timeless(this.#last));
    this.#last = update;
    if (hasChanged) for (const subscriber of [...this.#subscribers]) subscriber.onUpdate(update);
  }

  #end(refusal: Error): void {
    const subscribers = [...this.#subscribers];
    this.#subscribers.clear();
    this.close();
    for (const subscriber of subscribers) subscriber.end(refusal);
  }
}

/** An update of what was counted. */
export const updateOf = (sales: EventSales): SalesUpdate => ({
  ...sales,
  __typename: 'EventSales',
  cursor: sales.asOf.toISOString(),
});

/** The time alone is no news. */
const timeless = (update: SalesUpdate) => ({ ...update, asOf: null, cursor: '' });
