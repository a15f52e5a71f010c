import type postgres from 'postgres';

import { openPool } from '../../../src/platform/db/pool.ts';
import type { Platform } from '../../../src/platform/index.ts';
import { openLog, type Log } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { openElasticsearchClient } from '../../../src/search/elasticsearch/client.ts';
import { checkIndex } from '../../../src/search/indexing/check-index.ts';
import { EventIndices } from '../../../src/search/indexing/event-indices.ts';
import { indexCatalogue } from '../../../src/search/indexing/index-catalogue.ts';
import type { IndexingParts } from '../../../src/search/indexing/indexing-parts.ts';
import { cloneDatabase } from '../../support/database.ts';
import { ownIndexPrefix } from '../../support/elasticsearch.ts';
import { untilNothing } from '../../support/wait-until.ts';

/** A database and a search index of its own, with indexers on demand. */
export interface IndexingWorld extends IndexingParts, AsyncDisposable {
  platform: Pick<Platform, 'db' | 'sql' | 'log' | 'metrics'>;
  sql: postgres.Sql;
  elasticsearchUrl: string;
  indexPrefix: string;
  /** Follow the catalogue, as a worker does; dispose of it to stop. */
  start(): AsyncDisposable;
  /** How index and database differ now. */
  differences(): Promise<string[]>;
  /** Wait until they do not; returns what differs if they go on to. */
  untilEqual(withinMs?: number): Promise<string[]>;
  /** The document of an Event in the live index; null: none, or hidden. */
  document(eventId: string): Promise<Record<string, unknown> | null>;
}

/** Open one. */
export async function openIndexingWorld(
  elasticsearchUrl: string,
  options: { databaseUrl?: string; log?: Log } = {},
): Promise<IndexingWorld> {
  await using opening = new AsyncDisposableStack();
  const databaseUrl = options.databaseUrl ?? opening.use(await cloneDatabase()).url;
  const pool = opening.use(openPool(databaseUrl, 8));
  const client = opening.use(await openElasticsearchClient(elasticsearchUrl));
  const indexPrefix = ownIndexPrefix();
  const indices = new EventIndices(client, indexPrefix);
  opening.defer(async () => {
    await client.indices.delete({ index: `${indexPrefix}*`, ignore_unavailable: true }).catch(() => {});
  });
  const platform = { ...pool, log: options.log ?? openLog('silent'), metrics: openMetrics() };
  const parts: IndexingParts = { databaseUrl, platform, indices };
  const differences = async () => {
    const { differences: found } = await checkIndex({ db: pool.db, indices }, { settleMs: 0 });
    return found.map(({ kind, eventId, fields }) => [kind, eventId, ...fields].join(' '));
  };
  const owned = opening.move();
  return {
    ...parts,
    platform,
    sql: pool.sql,
    elasticsearchUrl,
    indexPrefix,
    start: () => owned.use(disposedOnce(indexCatalogue(parts))),
    differences,
    untilEqual: (withinMs = 60_000) =>
      untilNothing(() => differences().catch((error: Error) => [error.message]), { withinMs }),
    async document(eventId) {
      await client.indices.refresh({ index: indices.live });
      const found = await client.get<Record<string, unknown>>(
        { index: indices.live, id: eventId },
        { ignore: [404] },
      );
      return found.found && 'endsAt' in found._source! ? found._source : null;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Make dispose idempotent: a test stops some before the end. */
function disposedOnce(resource: AsyncDisposable): AsyncDisposable {
  let disposed: Promise<void> | null = null;
  return { [Symbol.asyncDispose]: () => (disposed ??= Promise.resolve(resource[Symbol.asyncDispose]())) };
}
