import { bulkhead, isBulkheadRejectedError } from 'cockatiel';
import { LRUCache } from 'lru-cache';

import { countReservations, countTicketsByRange } from '../../booking/index.ts';
import { findEvent, findSeatingPlan, readPriceTiers, readTimezone } from '../../catalog/index.ts';
import { CodedError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/index.ts';
import { singleFlight } from '../../platform/single-flight.ts';
import { sumRevenueByRange, sumSalesByDay } from '../store/sales.ts';
import { assembleSales, type EventSales } from './event-sales.ts';
import { rangesOf } from './place-ranges.ts';

const MIN_AGE_MS = 1_000;
const MAX_AGE_MS = 10_000;
/** Counting 100,000 places takes a third of a second: at most a tenth of the time is spent on it. */
const AGE_PER_READ_MS = 10;
const MAX_EVENTS = 200;
/** Of a process: one request can ask for a page of Events. */
const MAX_CONCURRENT_COUNTS = 2;
const MAX_QUEUED_COUNTS = 200;

interface Recent {
  sales: EventSales | null;
}

/** How Events sell, counted at most once a second by a process, and less often where it takes long. */
export class SalesReader {
  readonly #platform: Pick<Platform, 'db'>;
  readonly #recent = new LRUCache<string, Recent>({ max: MAX_EVENTS });
  readonly #slots = bulkhead(MAX_CONCURRENT_COUNTS, MAX_QUEUED_COUNTS);
  readonly #count = singleFlight((eventId: string) => this.#countInTurn(eventId));

  constructor(platform: Pick<Platform, 'db'>) {
    this.#platform = platform;
  }

  /** The last count, or a new one if that is too old. Null: the Event has no tickets. Throws SERVICE_UNAVAILABLE if too many are due. */
  async read(eventId: string): Promise<EventSales | null> {
    return (this.#recent.get(eventId) ?? (await this.#count(eventId))).sales;
  }

  /** Milliseconds until the Event may be counted again. */
  waitMs(eventId: string): number {
    return this.#recent.getRemainingTTL(eventId);
  }

  async #countInTurn(eventId: string): Promise<Recent> {
    try {
      return await this.#slots.execute(() => this.#countAndKeep(eventId));
    } catch (error) {
      if (!isBulkheadRejectedError(error)) throw error;
      throw new CodedError('SERVICE_UNAVAILABLE', 'Too many sales are being counted.', {
        retryAfterSeconds: 5,
      });
    }
  }

  async #countAndKeep(eventId: string): Promise<Recent> {
    const startedAt = performance.now();
    const sales = await countSales(this.#platform, eventId);
    const tookMs = performance.now() - startedAt;
    const ttl = Math.min(MAX_AGE_MS, Math.max(MIN_AGE_MS, Math.ceil(tookMs * AGE_PER_READ_MS)));
    const recent = { sales };
    this.#recent.set(eventId, recent, { ttl });
    return recent;
  }
}

async function countSales({ db }: Pick<Platform, 'db'>, eventId: string): Promise<EventSales | null> {
  const [event, tiers] = await Promise.all([findEvent(db, eventId), readPriceTiers(db, [eventId])]);
  if (event === null || event.currency === null || event.seatingPlanId === null || tiers.length === 0)
    return null;
  const plan = await findSeatingPlan(db, event.seatingPlanId);
  if (plan === null) return null;
  const { currency } = event;
  const asOf = new Date();
  const ranges = rangesOf(plan.layout);
  const firstPlaces = ranges.map(({ firstPlace }) => firstPlace);
  const timezone = readTimezone(event.timezone) ?? 'UTC';
  // one after another: a page of organisers takes one connection of the pool, not four
  const counts = await countTicketsByRange(db, eventId, firstPlaces);
  const revenue = await sumRevenueByRange(db, { eventId, currency }, firstPlaces);
  const days = await sumSalesByDay(db, { eventId, currency, timezone });
  const reservations = await countReservations(db, eventId);
  return assembleSales({ asOf, currency, tiers, ranges, counts, revenue, days, reservations });
}
