/** Source of Events that a change touches: those of a Venue or Performer. */
export interface FanOut {
  kind: 'venue' | 'performer';
  id: string;
}

/** Something to be indexed. */
export interface Entry {
  /** LSN up to which the log was read before the change. */
  after: bigint;
  /** Commit of the change, in ms since 1970. */
  committedAt: number;
  /** Monotonic. */
  enqueuedAt: number;
}

/** Events to index together, and the transactions that must be visible before they are read. */
export interface Batch {
  events: Map<string, Entry>;
  sales: Map<string, Entry>;
  transactions: number[];
}

/** Changes are collected for so long, as a bulk write costs the same for one document and for twenty. */
const COLLECT_MS = 50;
/** What sells is indexed at most once in so long. */
export const SALES_INTERVAL_MS = 5_000;
/** Backpressure: some 20 MB. Beyond it the slot is not read. */
const MAX_QUEUED = 50_000;

/**
 * Events whose documents have to be written. Each is in it once, however often it changed. Maps keep the order of insertion, and
 * changes arrive in the order of the log, so the first entry of a map is its oldest.
 */
export class IndexingQueue {
  #events = new Map<string, Entry>();
  #sales = new Map<string, Entry>();
  #fanOuts = new Map<string, FanOut & Entry>();
  #transactions = new Set<number>();
  #inFlight = new Set<Batch | Entry>();
  #wake: (() => void) | null = null;
  #drained: (() => void) | null = null;

  addEvent(id: string, entry: Entry): void {
    if (!this.#events.has(id)) this.#events.set(id, entry);
    this.#onAdded();
  }

  /** The Event sold or freed tickets. */
  addSales(id: string, entry: Entry): void {
    if (!this.#sales.has(id)) this.#sales.set(id, entry);
    this.#onAdded();
  }

  addFanOut({ kind, id }: FanOut, entry: Entry): void {
    const key = `${kind} ${id}`;
    if (!this.#fanOuts.has(key)) this.#fanOuts.set(key, { kind, id, ...entry });
    this.#onAdded();
  }

  /** A transaction of changes that were added. */
  addTransaction(number: number): void {
    this.#transactions.add(number);
  }

  /** Take Events that are due, at most `limit`; null: none is. */
  takeBatch(limit: number, now = performance.now()): Batch | null {
    const isFull = this.isFull();
    const isDue = ({ enqueuedAt }: Entry) => isFull || now - enqueuedAt >= SALES_INTERVAL_MS;
    const events = takeFirst(this.#events, limit, () => true);
    const sales = takeFirst(this.#sales, limit - events.size, isDue);
    if (events.size + sales.size === 0) return null;
    const batch = { events, sales, transactions: this.#takeTransactions() };
    this.#inFlight.add(batch);
    return batch;
  }

  /** Take the oldest fan-out, with the transactions that must be visible before it is read. */
  takeFanOut(): { fanOut: FanOut & Entry; transactions: number[] } | null {
    const [first] = this.#fanOuts;
    if (first === undefined) return null;
    const [key, fanOut] = first;
    this.#fanOuts.delete(key);
    this.#inFlight.add(fanOut);
    return { fanOut, transactions: this.#takeTransactions() };
  }

  /** Elasticsearch has accepted all of it. */
  done(taken: Batch | Entry): void {
    this.#inFlight.delete(taken);
    if (!this.isFull()) this.#drained?.();
  }

  /** It could not be written: it comes first again. */
  giveBack(batch: Batch): void {
    this.#inFlight.delete(batch);
    this.#events = merge(batch.events, this.#events);
    this.#sales = merge(batch.sales, this.#sales);
    for (const number of batch.transactions) this.#transactions.add(number);
  }

  /** LSN before the oldest change that is not written yet: acknowledge the slot no further. Null: all are written. */
  get oldestUnwrittenLsn(): bigint | null {
    let oldest: bigint | null = null;
    for (const { after } of this.#oldestEntries()) if (oldest === null || after < oldest) oldest = after;
    return oldest;
  }

  /** Commit of the oldest change that is not written yet, in ms since 1970. Null: all are written. */
  get oldestCommittedAt(): number | null {
    let oldest: number | null = null;
    for (const { committedAt } of this.#oldestEntries())
      if (oldest === null || committedAt < oldest) oldest = committedAt;
    return oldest;
  }

  get size(): number {
    let size = this.#events.size + this.#sales.size + this.#fanOuts.size;
    for (const taken of this.#inFlight) size += 'events' in taken ? taken.events.size + taken.sales.size : 1;
    return size;
  }

  isFull(): boolean {
    return this.size + this.#transactions.size > MAX_QUEUED;
  }

  /** Wait until the queue is not full. */
  async untilRoom(signal: AbortSignal): Promise<void> {
    while (this.isFull() && !signal.aborted)
      await untilCalled((call) => (this.#drained = call), { signal, timeoutMs: SALES_INTERVAL_MS });
  }

  /** Wait until a batch or a fan-out is due, `timeoutMs` at most. `limit`: the size of a batch that is not waited for. */
  async untilDue(limit: number, { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number }) {
    const until = performance.now() + timeoutMs;
    for (;;) {
      const waitMs = Math.min(this.#msUntilDue(limit), until - performance.now());
      if (waitMs <= 0 || signal.aborted) return;
      await untilCalled((call) => (this.#wake = call), { signal, timeoutMs: waitMs });
    }
  }

  #msUntilDue(limit: number): number {
    if (this.#fanOuts.size > 0 || this.#events.size >= limit || this.isFull()) return 0;
    const now = performance.now();
    const [event] = this.#events.values();
    const [sales] = this.#sales.values();
    return Math.min(
      event === undefined ? Infinity : event.enqueuedAt + COLLECT_MS - now,
      sales === undefined ? Infinity : sales.enqueuedAt + SALES_INTERVAL_MS - now,
    );
  }

  *#oldestEntries(): Generator<Entry> {
    for (const entries of [this.#events, this.#sales, this.#fanOuts]) {
      const [first] = entries.values();
      if (first !== undefined) yield first;
    }
    for (const taken of this.#inFlight) {
      if (!('events' in taken)) yield taken;
      else for (const entries of [taken.events, taken.sales]) yield* [...entries.values()].slice(0, 1);
    }
  }

  #takeTransactions(): number[] {
    const numbers = [...this.#transactions];
    this.#transactions.clear();
    return numbers;
  }

  #onAdded(): void {
    this.#wake?.();
  }
}

function takeFirst<T>(from: Map<string, T>, limit: number, isDue: (entry: T) => boolean): Map<string, T> {
  const taken = new Map<string, T>();
  for (const [id, entry] of from) {
    if (taken.size >= limit || !isDue(entry)) break;
    taken.set(id, entry);
  }
  for (const id of taken.keys()) from.delete(id);
  return taken;
}

/** Entries of both, the older ones first; of an Event in both, the older entry. */
function merge(older: Map<string, Entry>, newer: Map<string, Entry>): Map<string, Entry> {
  const merged = new Map(older);
  for (const [id, entry] of newer) if (!merged.has(id)) merged.set(id, entry);
  return merged;
}

/** Wait until the function that `register` receives is called, the signal aborts, or the time is over. */
async function untilCalled(
  register: (call: () => void) => void,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<void> {
  const called = Promise.withResolvers<void>();
  const call = () => called.resolve();
  register(call);
  signal.addEventListener('abort', call, { once: true });
  const timer = setTimeout(call, Math.min(timeoutMs, 2 ** 31 - 1));
  try {
    if (!signal.aborted) await called.promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', call);
  }
}
