import type { RoomRow } from '../store/rooms.ts';
import { entryOf } from '../tokens/entries.ts';
import type { LineSteps } from './line-steps.ts';
import type { Stock, StockReading, StockSource } from './stock.ts';
import { burstOf } from './token-bucket.ts';

/** With so many times what each viewer inside may buy, the stock lasts for some ticks, in which others are admitted. */
const ORDERS_PER_BUYER = 2;
const MAX_TICKS_WITH_STOCK = 4;
/** While none can be admitted the stock is for the figures, and tells those who wait whether it is sold out. */
const FIGURES_TICKS = 10;
const FIGURES_TICKS_OF_WAITERS = 3;
/** The mark of the last change goes by a feed, which Redis may lose some of. */
const MAX_TICKS_UNCHANGED = 30;
/** Without that feed a returned ticket is seen within so many ticks. */
const MAX_TICKS_UNKNOWN = 3;

/** How many may be admitted for the tickets that can be had. */
export interface StockBound {
  limit: number;
  /** No ticket can be had, or each is kept for a viewer inside. */
  isExhausted: boolean;
}
const EXHAUSTED: StockBound = { limit: 0, isExhausted: true };

/** The numbers of a line that a bound goes by. `inside` is read before the stock, so that a buyer who is gone counts in neither. */
export interface LineDemand {
  inside: number;
  waiting: number;
  /** How many slots and rate allow. */
  wanted: number;
}

/** The stock of a room's Event as its controller knows it. */
export class KnownStock {
  readonly #source: StockSource;
  readonly #steps: Pick<LineSteps, 'readVisits'>;
  #reading: StockReading | null = null;
  /** Entries of holders by viewer. */
  #holders = new Map<string, string>();
  #fence = -1;
  #ticksSinceRead = 0;
  #change: string | null = null;

  constructor(source: StockSource, steps: Pick<LineSteps, 'readVisits'>) {
    this.#source = source;
    this.#steps = steps;
  }

  /** As last read; null: the Event has no tickets yet. */
  get known(): Stock | null {
    return this.#reading;
  }

  /** Begin a tick. Under a new fence, what was known may be of long ago. */
  async beginTick(room: RoomRow): Promise<void> {
    this.#ticksSinceRead++;
    if (room.fence === this.#fence) return;
    await this.#read(room, 0);
    this.#fence = room.fence;
  }

  /**
   * How many may be admitted so that each viewer inside finds a ticket: those available, less the viewers inside who hold none
   * yet. Each call reads the stock anew, unless there is plenty, or none and no ticket has changed since.
   */
  async bound(room: RoomRow, { inside, waiting, wanted }: LineDemand): Promise<StockBound> {
    if (wanted === 0) {
      const age = waiting > 0 ? FIGURES_TICKS_OF_WAITERS : FIGURES_TICKS;
      if (this.#ticksSinceRead >= age && !(await this.#isUnchanged(room))) await this.#read(room, 0);
      return { limit: 0, isExhausted: false };
    }
    if (this.#isPlenty(room, inside)) return { limit: wanted, isExhausted: false };
    if (this.#isSurelyExhausted(inside) && (await this.#isUnchanged(room))) return EXHAUSTED;
    await this.#read(room, inside + wanted);
    return this.#boundOf({ inside, wanted });
  }

  #isPlenty(room: RoomRow, inside: number): boolean {
    const buyers = inside + burstOf(room.admissionsPerMinute);
    const { available, ticketLimit } = this.#reading ?? { available: 0, ticketLimit: 0 };
    const isEnough = available > buyers * ORDERS_PER_BUYER * ticketLimit;
    return isEnough && this.#ticksSinceRead <= MAX_TICKS_WITH_STOCK;
  }

  /** Whether none could be admitted even if all holders were inside. An old reading may only refuse: who bought since is gone. */
  #isSurelyExhausted(inside: number): boolean {
    if (this.#reading === null) return false;
    const { available, holders } = this.#reading;
    return available === 0 || (holders !== null && available <= inside - holders.length);
  }

  /** The mark is read before the stock: a change in between is seen the next time. */
  async #isUnchanged({ eventId }: RoomRow): Promise<boolean> {
    const change = await this.#source.lastChange(eventId);
    if (change === null) return this.#ticksSinceRead < MAX_TICKS_UNKNOWN;
    const isSame = change === this.#change;
    this.#change = change;
    return isSame && this.#ticksSinceRead < MAX_TICKS_UNCHANGED;
  }

  async #read(room: RoomRow, demand: number): Promise<void> {
    this.#reading = await this.#source.read(room.eventId, demand);
    this.#ticksSinceRead = 0;
    const known = this.#holders;
    const holders = this.#reading?.holders ?? [];
    this.#holders = new Map(holders.map((viewer) => [viewer, known.get(viewer) ?? entryOf(room, viewer)]));
  }

  async #boundOf({ inside, wanted }: Pick<LineDemand, 'inside' | 'wanted'>): Promise<StockBound> {
    const available = this.#reading?.available ?? 0;
    if (available === 0) return EXHAUSTED;
    if (available >= inside + wanted) return { limit: wanted, isExhausted: false };
    const visits = await this.#steps.readVisits();
    const holding = this.#holders.values().reduce((sum, entry) => sum + (visits?.has(entry) ? 1 : 0), 0);
    const left = available - Math.max(0, inside - holding);
    return { limit: Math.max(0, Math.min(wanted, left)), isExhausted: visits !== null && left <= 0 };
  }
}
