import { setTimeout as delay } from 'node:timers/promises';

import type { RowChange } from '../../platform/db/replication.ts';
import { untilVisible } from '../../platform/db/until-visible.ts';
import { MAX_EVENTS_PER_READ } from '../documents/read-documents.ts';
import { DocumentWriter } from './document-writer.ts';
import { listFanOut, type FanOutPosition } from './event-ids.ts';
import { IndexBuilds } from './index-builds.ts';
import type { IndexingParts } from './indexing-parts.ts';
import { IndexingQueue, type Entry, type FanOut } from './indexing-queue.ts';
import { touchedBy } from './touched.ts';

/** Events of a Venue or Performer that are indexed page by page. */
interface FanOutInProgress {
  fanOut: FanOut & Entry;
  /** They must be visible before the first page is read. */
  transactions: number[];
  position: FanOutPosition | null;
}

/** Exponential backoff after an error. */
const MIN_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;
/** Without progress for longer this process gives the slot up, and another may reach Elasticsearch. */
const MAX_STALL_MS = 30_000;
const IDLE_INTERVAL_MS = 1_000;
const MEASURE_INTERVAL_MS = 1_000;

/**
 * One hold of the slot: follows the changes until it is disposed of or fails. What it has not written when it ends is delivered
 * again to the next one.
 */
export class IndexingSession implements AsyncDisposable {
  readonly #parts: IndexingParts;
  readonly #writer: DocumentWriter;
  readonly #builds: IndexBuilds;
  readonly #onFailure: (error: unknown) => void;
  readonly #queue = new IndexingQueue();
  readonly #stopping: AbortController;
  #loops: Promise<void>[] = [];
  #measuring: NodeJS.Timeout | undefined;
  /** The write in flight, or the last one. */
  #writing = Promise.resolve();
  #fanOut: FanOutInProgress | null = null;
  #hidden = 0;
  #progressAt = performance.now();

  private constructor(
    parts: IndexingParts,
    { writer, builds, stopping }: { writer: DocumentWriter; builds: IndexBuilds; stopping: AbortController },
    onFailure: (error: unknown) => void,
  ) {
    this.#parts = parts;
    this.#stopping = stopping;
    this.#writer = writer;
    this.#builds = builds;
    this.#onFailure = onFailure;
  }

  /** Begin, before the first change is read. `onFailure` is called once if it cannot go on. */
  static async open(
    parts: IndexingParts,
    generation: string,
    onFailure: (error: unknown) => void,
  ): Promise<IndexingSession> {
    const stopping = new AbortController();
    const writer = await DocumentWriter.open(parts.platform, parts.indices, stopping.signal);
    const builds = new IndexBuilds(parts, generation, writer);
    await builds.begin();
    const session = new IndexingSession(parts, { writer, builds, stopping }, onFailure);
    session.#start();
    return session;
  }

  get oldestUnwrittenLsn(): bigint | null {
    return this.#queue.oldestUnwrittenLsn;
  }

  /** Queue changes; waits while the queue is full. */
  async add(changes: readonly RowChange[], after: bigint, committedAt: Date): Promise<void> {
    const entry: Entry = { after, committedAt: committedAt.getTime(), enqueuedAt: performance.now() };
    for (const change of changes) {
      const touched = touchedBy(change);
      if (touched === null) continue;
      const { kind, id } = touched;
      this.#queue.addTransaction(change.transaction);
      if (kind === 'event') this.#queue.addEvent(id, entry);
      else if (kind === 'sales') this.#queue.addSales(id, entry);
      else if (kind !== 'all') this.#queue.addFanOut({ kind, id }, entry);
      else await this.#builds.request(); // no row says which documents are to go
    }
    await this.#queue.untilRoom(this.#stopping.signal);
  }

  async [Symbol.asyncDispose]() {
    this.#stopping.abort();
    clearInterval(this.#measuring);
    await Promise.all(this.#loops);
  }

  #start(): void {
    const { signal } = this.#stopping;
    this.#measuring = setInterval(() => this.#measure(), MEASURE_INTERVAL_MS);
    const building = this.#builds.run({
      signal,
      exclusively: (work) => this.#exclusively(work),
      hiddenByChanges: () => this.#hidden,
    });
    this.#loops = [this.#write(), building].map((loop) =>
      loop.catch((error: unknown) => {
        if (signal.aborted) return;
        this.#stopping.abort();
        this.#onFailure(error);
      }),
    );
  }

  /** By a timer, as a write that fails or hangs would measure nothing. */
  #measure(): void {
    const { searchQueue, searchUnwrittenSeconds } = this.#parts.platform.metrics;
    const oldest = this.#queue.oldestCommittedAt;
    searchQueue.set(this.#queue.size);
    searchUnwrittenSeconds.set(oldest === null ? 0 : Math.max(0, Date.now() - oldest) / 1_000);
  }

  /** Write what is due, until the session ends. */
  async #write(): Promise<void> {
    const { signal } = this.#stopping;
    const { log } = this.#parts.platform;
    let backoffMs = MIN_BACKOFF_MS;
    while (!signal.aborted) {
      try {
        if (this.#fanOut === null)
          await this.#queue.untilDue(MAX_EVENTS_PER_READ, { signal, timeoutMs: IDLE_INTERVAL_MS });
        await this.#writeBatch();
        await this.#writeFanOut();
        this.#progressAt = performance.now();
        backoffMs = MIN_BACKOFF_MS;
      } catch (error) {
        if (signal.aborted) return;
        if (performance.now() - this.#progressAt > MAX_STALL_MS) throw error;
        log.warn({ err: error, retryInMs: backoffMs }, 'search indexing failed, retrying');
        await delay(backoffMs, undefined, { signal }).catch(() => {}); // aborted at shutdown
        backoffMs = Math.min(2 * backoffMs, MAX_BACKOFF_MS);
      }
    }
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#queue.takeBatch(MAX_EVENTS_PER_READ);
    if (batch === null) return;
    const { events, sales, transactions } = batch;
    try {
      await this.#untilVisible(transactions);
      await this.#index([...new Set([...events.keys(), ...sales.keys()])]);
    } catch (error) {
      this.#queue.giveBack(batch);
      throw error;
    }
    this.#queue.done(batch);
    for (const { committedAt } of events.values()) this.#observeIndexed(committedAt);
  }

  #observeIndexed(committedAt: number): void {
    const seconds = Math.max(0, Date.now() - committedAt) / 1_000;
    this.#parts.platform.metrics.searchIndexedSeconds.observe(seconds);
  }

  /** One page, so that other changes do not wait behind a Venue of ten thousand Events. */
  async #writeFanOut(): Promise<void> {
    const current = (this.#fanOut ??= this.#takeFanOut());
    if (current === null) return;
    await this.#untilVisible(current.transactions);
    current.transactions = [];
    const { db } = this.#parts.platform;
    const { ids, next } = await listFanOut(db, current.fanOut, current.position, MAX_EVENTS_PER_READ);
    await this.#index(ids);
    for (let count = 0; count < ids.length; count++) this.#observeIndexed(current.fanOut.committedAt);
    current.position = next;
    if (next !== null) return;
    this.#queue.done(current.fanOut);
    this.#fanOut = null;
  }

  #takeFanOut(): FanOutInProgress | null {
    const taken = this.#queue.takeFanOut();
    return taken === null ? null : { ...taken, position: null };
  }

  async #index(eventIds: readonly string[]): Promise<void> {
    await this.#exclusively(async () => {
      this.#hidden += (await this.#writer.index(eventIds)).hidden;
    });
  }

  /** Run after what is under way, so that no write is in flight while an index goes live. */
  #exclusively(work: () => Promise<void>): Promise<void> {
    const result = this.#writing.then(work);
    this.#writing = result.catch(() => {});
    return result;
  }

  /** The log has a commit before other sessions see it; with a synchronous standby that is away, long before. */
  async #untilVisible(transactions: readonly number[]): Promise<void> {
    if (transactions.length === 0) return;
    while (!(await untilVisible(this.#parts.platform.db, transactions)))
      this.#stopping.signal.throwIfAborted();
  }
}
