import { pause } from '../../platform/pause.ts';
import type { RebuildReason } from '../../platform/telemetry/known-labels.ts';
import { drawVersion } from '../documents/draw-version.ts';
import { MAPPING_VERSION } from '../elasticsearch/mapping.ts';
import type { DocumentWriter } from './document-writer.ts';
import type { EventIndex } from './event-indices.ts';
import type { IndexingParts } from './indexing-parts.ts';
import { rebuild, type BuildParts } from './rebuild.ts';
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

/** The index of one hold of the slot: whether it has to be built anew, and that it is. */
export class IndexBuilds {
  readonly #parts: IndexingParts;
  readonly #generation: string;
  readonly #writer: DocumentWriter;
  #live: EventIndex | null = null;
  #next: EventIndex | null = null;
  /** Number of the newest index, live or being built. */
  #newest = 0;

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
      if (this.#next !== null) {
        const { live, next } = { live: this.#live, next: this.#next };
        await rebuild({ platform, indices, writer: this.#writer, ...parts }, live, next);
        this.#live = next;
        this.#next = null;
      }
      await pause(REQUEST_INTERVAL_MS, parts.signal);
      const wanted = await readWantedBuild(platform.db, indices.live).catch(() => 0); // logged elsewhere
      if (this.#newest < wanted) await this.#start('requested');
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
    this.#writer.targets = this.#live === null ? [indices.next] : [indices.live, indices.next];
    platform.metrics.searchRebuilds.inc({ reason });
    platform.log.info({ index: this.#next.name, reason }, 'search index rebuild begun');
  }
}
