import { pause } from '../../platform/pause.ts';
import type { RebuildReason } from '../../platform/telemetry/known-labels.ts';
import { drawVersion } from '../documents/draw-version.ts';
import { MAPPING_VERSION } from '../elasticsearch/mapping.ts';
import type { DocumentWriter } from './document-writer.ts';
import type { EventIndex } from './event-indices.ts';
import type { IndexingParts } from './indexing-parts.ts';
import { rebuild, TooManySetAside, type BuildParts } from './rebuild.ts';
import { readWantedBuild, requestBuild } from './wanted-build.ts';

/** This process is older than the index: another one has to write it. */
class IndexTooNew extends Error {
  constructor(mapping: number) {
    super(`search index has mapping ${mapping}, newer than this process writes (${MAPPING_VERSION})`);
    this.name = 'IndexTooNew';
  }
}

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
    this.#live = (await indices.read()).live; // a build may have gone live in between
    if (this.#live !== null && this.#live.mapping > MAPPING_VERSION)
      throw new IndexTooNew(this.#live.mapping);
    this.#newest = this.#live?.build ?? 0;
    this.#writer.targets = [indices.live];
    const reason = await this.#reasonToBuild(this.#live);
    if (reason !== null) await this.#start(reason);
  }

  /** Finish the build that was begun, and do those that are requested, until the signal aborts. */
  async run(parts: BuildParts): Promise<void> {
    const { indices, platform } = this.#parts;
    for (;;) {
      if (this.#next !== null && performance.now() >= this.#copyAt) await this.#copy(this.#next, parts);
      await pause(REQUEST_INTERVAL_MS, parts.signal);
      const wanted = await readWantedBuild(platform.db, indices.live).catch(() => 0); // logged elsewhere
      if (this.#newest >= wanted) continue;
      await indices.deleteUnfinished({ live: this.#live, next: this.#next, orphans: [] });
      await this.#start('requested');
    }
  }

  /** Copy all Events to the index that is built, and make it live; if too many are set aside, changes are written to both on. */
  async #copy(next: EventIndex, parts: BuildParts): Promise<void> {
    const { indices, platform } = this.#parts;
    try {
      await rebuild({ platform, indices, writer: this.#writer, ...parts }, this.#live, next);
      this.#live = next;
      this.#next = null;
    } catch (error) {
      if (!(error instanceof TooManySetAside)) throw error;
      platform.metrics.searchRebuildsRefused.inc();
      if (this.#copyAt === 0)
        platform.log.error({ err: error, index: next.name }, 'search index rebuild refused, retrying');
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
    if (live === null) return 'no index';
    if (live.generation !== this.#generation) return 'replication slot recreated';
    if (live.mapping !== MAPPING_VERSION) return 'mapping changed';
    if (live.build < (await readWantedBuild(platform.db, indices.live))) return 'requested';
    const highest = await indices.highestVersion(live.name);
    // as after a failover to a server that lacks the end of the log
    return highest > (await drawVersion(platform.db)) ? 'log went back' : null;
  }

  /** Create the index; from here on changes are written to it, too. */
  async #start(reason: RebuildReason): Promise<void> {
    const { indices, platform } = this.#parts;
    const build = Math.max(await readWantedBuild(platform.db, indices.live), this.#newest + 1);
    this.#next = await indices.create({ build, generation: this.#generation });
    this.#newest = build;
    this.#copyAt = 0;
    this.#copyIntervalMs = MIN_COPY_INTERVAL_MS;
    this.#writer.targets = this.#live === null ? [indices.next] : [indices.live, indices.next];
    platform.metrics.searchRebuilds.inc({ reason });
    platform.log.info({ index: this.#next.name, reason }, 'search index rebuild begun');
  }
}
