import type { Platform } from '../../platform/index.ts';
import type { FailedDocument } from '../documents/read-documents.ts';
import { isVisible } from '../documents/search-document.ts';
import { forgetDeadLetters, listDeadLetters, recordDeadLetters } from './dead-letters.ts';
import type { EventIndices } from './event-indices.ts';
import { readEach } from './read-each.ts';
import { writeDocuments } from './write-documents.ts';

/** Numbers of documents that were written. */
export interface Written {
  /** By which Events are found, and that are in the index now. */
  visible: number;
  hidden: number;
  setAside: number;
}

/**
 * Reads the documents of Events and writes them, until all are in the index or set aside: one that is rejected blocks no other. Both
 * the changes and the copies of a rebuild come this way. Throws if Postgres or Elasticsearch does not answer: then call it again.
 */
export class DocumentWriter {
  /** Aliases to write to; the last one counts. */
  targets: readonly string[] = [];
  readonly #platform: Pick<Platform, 'db' | 'log' | 'metrics'>;
  readonly #indices: EventIndices;
  /** Events with a dead letter, as this process knows them. */
  readonly #setAside: Set<string>;
  readonly #signal: AbortSignal;

  private constructor(
    platform: Pick<Platform, 'db' | 'log' | 'metrics'>,
    indices: EventIndices,
    { setAside, signal }: { setAside: Set<string>; signal: AbortSignal },
  ) {
    this.#platform = platform;
    this.#indices = indices;
    this.#setAside = setAside;
    this.#signal = signal;
    platform.metrics.searchDeadLetters.set(setAside.size);
  }

  static async open(
    platform: Pick<Platform, 'db' | 'log' | 'metrics'>,
    indices: EventIndices,
    signal: AbortSignal,
  ): Promise<DocumentWriter> {
    const letters = await listDeadLetters(platform.db);
    const setAside = new Set(letters.map(({ eventId }) => eventId));
    return new DocumentWriter(platform, indices, { setAside, signal });
  }

  /** Index Events, to `targets` at the time of the call if it names no others. */
  async index(eventIds: readonly string[], targets: readonly string[] = this.targets): Promise<Written> {
    if (eventIds.length === 0) return { visible: 0, hidden: 0, setAside: 0 };
    const { documents, failed } = await readEach(this.#platform.db, eventIds);
    const { indexed, outdated, rejected } = await writeDocuments(
      this.#indices,
      targets,
      documents,
      this.#signal,
    );
    await this.#settle(
      documents.map(({ version, document }) => ({ eventId: document.id, version })),
      [...failed, ...rejected],
    );
    const { searchDocuments } = this.#platform.metrics;
    searchDocuments.inc({ result: 'indexed' }, indexed);
    searchDocuments.inc({ result: 'outdated' }, outdated);
    searchDocuments.inc({ result: 'set-aside' }, failed.length + rejected.length);
    const isRejected = new Set(rejected.map(({ eventId }) => eventId));
    const written = documents.filter(({ document }) => !isRejected.has(document.id));
    const visible = written.filter(({ document }) => isVisible(document)).length;
    return { visible, hidden: written.length - visible, setAside: failed.length + rejected.length };
  }

  async #settle(
    written: readonly { eventId: string; version: number }[],
    failed: readonly FailedDocument[],
  ): Promise<void> {
    const isFailed = new Set(failed.map(({ eventId }) => eventId));
    const recovered = written.filter(({ eventId }) => !isFailed.has(eventId) && this.#setAside.has(eventId));
    if (failed.length > 0) {
      const [{ eventId, reason }] = failed as [FailedDocument];
      this.#platform.log.error({ eventId, reason, documents: failed.length }, 'search document set aside');
      await recordDeadLetters(this.#platform, failed);
      for (const id of isFailed) this.#setAside.add(id);
    }
    if (recovered.length > 0) {
      await forgetDeadLetters(
        this.#platform,
        recovered.map(({ eventId }) => eventId),
        Math.max(...recovered.map(({ version }) => version)),
      );
      for (const { eventId } of recovered) this.#setAside.delete(eventId);
    }
    this.#platform.metrics.searchDeadLetters.set(this.#setAside.size);
  }
}
