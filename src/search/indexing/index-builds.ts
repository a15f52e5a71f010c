import { pause } from '../../platform/pause.ts';
import type { RebuildReason } from '../../platform/telemetry/known-labels.ts';
import { drawVersion } from '../documents/draw-version.ts';
import type { DocumentWriter } from './document-writer.ts';
import type { EventIndex, OtherIndex } from './event-indices.ts';
import type { IndexingParts } from './indexing-parts.ts';
import { rebuild, TooManySetAside, type BuildParts } from './rebuild.ts';
import { readWantedBuild, requestBuild } from './wanted-build.ts';

/** Requests for a rebuild are looked for so often. */
const REQUEST_INTERVAL_MS = 1_000;

/** Pause between two copies to an index that was not to go live; it doubles. */
const MIN_COPY_INTERVAL_MS = 60_000;
const MAX_COPY_INTERVAL_MS = 3_600_000;

/** The index of one hold of the slot: whether it has to be built anew, and that it is. */
export class IndexBuilds {
  readonly #parts: IndexingParts;
  readonly #generation: string;
  readonly #writer: DocumentWriter;
  #live: EventIndex | null = null;
  #next: EventIndex | null = null;
  /** Live ones of other mappings, which are written to until the own one is live. */
  #others: readonly OtherIndex[] = [];
  /** Number of the newest index, live or being built. */
  #newest = 0;
  /** Of the index that is built: when it is copied to again, monotonic, and the pause after that. */
  #copyAt = 0;
  #copyIntervalMs = MIN_COPY_INTERVAL_MS;

  constructor(parts: IndexingParts, generation: string, writer: DocumentWriter) {
    this.#parts = parts;
    this.#generation = generation;
    this.#writer = writer;
  }

  /**
   * Before the first change is read: what another process was building is deleted, so that no index goes live that lacks a change,
   * and a build is begun if one is needed.
   */
  async begin(): Promise<void> {
    const { indices } = this.#parts;
    await indices.deleteUnfinished(await indices.read());
    const { live, others } = await indices.read(); // a build may have gone live in between
    this.#live = live;
    this.#others = others;
    for (const other of others) await indices.disown(other); // it may reject what the own mapping has
    this.#newest = this.#live?.build ?? 0;
    this.#writer.targets = [indices.live];
    const reason = await this.#reasonToBuild(this.#live);
    if (reason !== null) return this.#start(reason);
    await indices.delete(others.map(({ name }) => name));
    this.#others = [];
  }

  /** Finish the build that was begun, and do those that are requested, until the signal aborts. */
  async run(parts: BuildParts): Promise<void> {
    const { indices, platform } = this.#parts;
    for (;;) {
      if (this.#next !== null && performance.now() >= this.#copyAt) await this.#copy(this.#next, parts);
      await pause(REQUEST_INTERVAL_MS, parts.signal);
      const wanted = await readWantedBuild(platform.db, indices.live).catch(() => 0); // logged elsewhere
      if (this.#newest >= wanted) continue;
      await indices.deleteUnfinished({ next: this.#next, orphans: [], othersNext: [] });
      await this.#start('requested');
    }
  }

  /** Copy all Events to the index that is built, and make it live; if too many are set aside, changes are written to both on. */
  async #copy(next: EventIndex, parts: BuildParts): Promise<void> {
    const { indices, platform } = this.#parts;
    try {
      await rebuild({ platform, indices, writer: this.#writer, ...parts }, this.#replaced(), next);
      this.#live = next;
      this.#next = null;
      this.#others = [];
    } catch (error) {
      if (!(error instanceof TooManySetAside)) throw error;
      platform.metrics.searchRebuildsRefused.inc();
      if (this.#copyAt === 0)
        platform.log.error({ err: error, index: next.name }, 'search index rebuild refused, retrying');
      await indices.markRefused(next, error.setAside);
      this.#copyAt = performance.now() + this.#copyIntervalMs;
      this.#copyIntervalMs = Math.min(2 * this.#copyIntervalMs, MAX_COPY_INTERVAL_MS);
    }
  }

  /** Have the index rebuilt, although it may be that it is being built. */
  async request(): Promise<void> {
    await requestBuild(this.#parts.platform, this.#parts.indices.live, this.#newest);
  }

  async #reasonToBuild(live: EventIndex | null): Promise<RebuildReason | null> {
    const { indices, platform } = this.#parts;
    if (live === null) return this.#others.length === 0 ? 'no index' : 'mapping changed';
    if (live.generation !== this.#generation) return 'replication slot recreated';
    if (live.build < (await readWantedBuild(platform.db, indices.live))) return 'requested';
    const highest = await indices.highestVersion(live.name);
    // as after a failover to a server that lacks the end of the log
    return highest > (await drawVersion(platform.db)) ? 'log went back' : null;
  }

  #replaced(): EventIndex[] {
    return [...this.#others, ...(this.#live === null ? [] : [this.#live])];
  }

  /** Create the index; from here on changes are written to it, too. */
  async #start(reason: RebuildReason): Promise<void> {
    const { indices, platform } = this.#parts;
    const build = Math.max(await readWantedBuild(platform.db, indices.live), this.#newest + 1);
    this.#next = await indices.create({ build, generation: this.#generation });
    this.#newest = build;
    this.#copyAt = 0;
    this.#copyIntervalMs = MIN_COPY_INTERVAL_MS;
    const others = this.#others.map(({ alias }) => alias);
    this.#writer.targets = [...others, ...(this.#live === null ? [] : [indices.live]), indices.next];
    platform.metrics.searchRebuilds.inc({ reason });
    platform.log.info({ index: this.#next.name, reason }, 'search index rebuild begun');
  }
}
