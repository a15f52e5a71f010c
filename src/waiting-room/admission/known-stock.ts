import type { RoomRow } from '../store/rooms.ts';
import type { Stock, StockSource } from './stock.ts';
import { burstOf } from './token-bucket.ts';

/** With that many tickets for each viewer inside, the stock lasts for some ticks. */
const TICKETS_PER_BUYER = 20;
const MAX_TICKS_WITH_STOCK = 4;

/** The stock of a room's Event as its controller knows it. */
export class KnownStock {
  readonly #source: StockSource;
  #stock: Stock | null = null;
  #ticks = Infinity;

  constructor(source: StockSource) {
    this.#source = source;
  }

  /** While there is plenty, the stock is read every few ticks. */
  async read(room: RoomRow, inside: number): Promise<Stock | null> {
    const buyers = inside + burstOf(room.admissionsPerMinute);
    const isPlenty = (this.#stock?.available ?? 0) > buyers * TICKETS_PER_BUYER;
    if (!isPlenty || ++this.#ticks > MAX_TICKS_WITH_STOCK) {
      this.#stock = await this.#source.stockOf(room.eventId);
      this.#ticks = 0;
    }
    return this.#stock;
  }
}
