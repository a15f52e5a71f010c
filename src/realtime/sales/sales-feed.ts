import type { SalesReader } from '../../payments/index.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { CodedError } from '../../platform/errors.ts';
import type { Log } from '../../platform/telemetry/log.ts';
import type { SeatMaps } from '../../seat-map/index.ts';
import { SalesChannel, updateOf } from './sales-channel.ts';

export interface SalesFeedParts {
  sales: SalesReader;
  seatMaps: SeatMaps;
  log: Pick<Log, 'warn'>;
}

/** Each counts an Event once a second while it sells. */
const MAX_CHANNELS = 200;

/**
 * How Events sell, for their organisers in this process: an Event is counted when its seat map changes, once for all subscribers.
 */
export class SalesFeed implements Disposable {
  readonly #parts: SalesFeedParts;
  readonly #open = new Map<string, SalesChannel>();

  constructor(parts: SalesFeedParts) {
    this.#parts = parts;
  }

  /** The channel of an Event that the viewer organises; null: it has no tickets, or is archived. Throws SERVICE_UNAVAILABLE. */
  async channelOf(viewer: Viewer, eventId: string): Promise<SalesChannel | null> {
    const { seatMaps, sales, log } = this.#parts;
    const open = this.#open.get(eventId);
    if (open !== undefined) return open;
    if (this.#open.size >= MAX_CHANNELS)
      throw new CodedError('SERVICE_UNAVAILABLE', 'Too many sales are followed on this server.', {
        retryAfterSeconds: 5,
      });
    const seats = await seatMaps.subscribe(viewer, eventId);
    const first = seats && (await sales.read(eventId));
    if (seats === null || first === null) return null;
    const known = this.#open.get(eventId); // opened meanwhile
    if (known !== undefined) return known;
    return new SalesChannel({
      ...{ eventId, viewer, seats, sales, log, first: updateOf(first) },
      onOpen: (channel) => this.#open.set(eventId, channel),
      onClosed: (channel) => this.#open.get(eventId) === channel && this.#open.delete(eventId),
    });
  }

  [Symbol.dispose](): void {
    for (const channel of this.#open.values()) channel.close();
    this.#open.clear();
  }
}
