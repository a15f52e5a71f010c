import type { Db } from '../../platform/db/pool.ts';
import { isDatabaseAway } from '../../platform/db/sql-state.ts';
import { inTransaction, type Abort } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { holdTogether, type GroupAnswer, type GroupedOrder } from './commit-batch.ts';
import type { SafetySwitches } from './safety-switches.ts';

/** More do not make it cheaper, and each waits for all. */
const MOST_TOGETHER = 32;
/**
 * While so many groups of an Event are being decided, others gather: the busier, the larger they are. Two, so that one is
 * made up while the other waits for the disk.
 */
const MOST_UNDER_WAY = 2;

type GroupPlatform = Pick<Platform, 'db' | 'metrics'>;

interface Waiting {
  order: GroupedOrder;
  answer: PromiseWithResolvers<GroupAnswer>;
}

/** By database, as each has Events of its own; only those that somebody is ordering at. */
const groups = new WeakMap<Db, Map<string, OrderGroups>>();

/**
 * Decide on an order together with those that come at the same moment, in one transaction: at the opening this is what
 * lets one machine take more orders than it can commit transactions.
 */
export async function decideTogether(
  platform: GroupPlatform,
  eventId: string,
  order: GroupedOrder,
  guards: Readonly<SafetySwitches>,
): Promise<GroupAnswer> {
  let events = groups.get(platform.db);
  if (events === undefined) groups.set(platform.db, (events = new Map<string, OrderGroups>()));
  const key = `${eventId} ${JSON.stringify(guards)}`;
  let group = events.get(key);
  if (group === undefined) {
    group = new OrderGroups(platform, eventId, guards, () => events.delete(key));
    events.set(key, group);
  }
  return group.add(order);
}

/** The orders of one Event that wait to be decided, and those that are being. */
class OrderGroups {
  readonly #platform: GroupPlatform;
  readonly #eventId: string;
  readonly #guards: Readonly<SafetySwitches>;
  readonly #emptied: () => void;
  #waiting: Waiting[] = [];
  #underWay = 0;
  #isDue = false;

  constructor(
    platform: GroupPlatform,
    eventId: string,
    guards: Readonly<SafetySwitches>,
    emptied: () => void,
  ) {
    this.#platform = platform;
    this.#eventId = eventId;
    this.#guards = guards;
    this.#emptied = emptied;
  }

  add(order: GroupedOrder): Promise<GroupAnswer> {
    const answer = Promise.withResolvers<GroupAnswer>();
    this.#waiting.push({ order, answer });
    this.#beginSoon();
    return answer.promise;
  }

  /** Not before everything was read that has arrived with it. */
  #beginSoon(): void {
    if (this.#isDue || this.#underWay >= MOST_UNDER_WAY) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      void this.#decide(this.#next());
      if (this.#waiting.length > 0) this.#beginSoon();
    });
  }

  /** Those who have waited longest, one order a buyer. */
  #next(): Waiting[] {
    const buyers = new Set<string>();
    const group: Waiting[] = [];
    const later: Waiting[] = [];
    for (const waiting of this.#waiting) {
      const { viewerId } = waiting.order.call;
      const fits = group.length < MOST_TOGETHER && !buyers.has(viewerId);
      (fits ? group : later).push(waiting);
      buyers.add(viewerId);
    }
    this.#waiting = later;
    return group;
  }

  async #decide(group: readonly Waiting[]): Promise<void> {
    this.#underWay++;
    const answers = await this.#answers(group.map(({ order }) => order));
    group.forEach(({ answer }, index) => {
      if (answers instanceof Error) answer.reject(answers);
      else answer.resolve(answers?.[index] ?? 'alone');
    });
    this.#underWay--;
    if (this.#waiting.length > 0) this.#beginSoon();
    else if (this.#underWay === 0) this.#emptied();
  }

  /** Null: together they failed, and each has to be decided by itself. An Error: so would each by itself. */
  async #answers(orders: readonly GroupedOrder[]): Promise<GroupAnswer[] | null | Error> {
    this.#platform.metrics.ordersTogether.observe(orders.length);
    try {
      return await inTransaction(this.#platform, 'booking.holdTogether', (tx, abort: Abort<null>) =>
        holdTogether(tx, abort, this.#eventId, orders, this.#guards),
      );
    } catch (error) {
      return isDatabaseAway(error) ? (error as Error) : null;
    }
  }
}
