import {
  ConfigurationError,
  hasDatabaseUrl,
  hasElasticsearchUrl,
  readSettings,
} from '../../platform/config/settings.ts';
import { isMigrated } from '../../platform/db/migrations/migrated.ts';
import { openPool } from '../../platform/db/pool.ts';
import { openLog, readableLines } from '../../platform/telemetry/log.ts';
import { openMetrics } from '../../platform/telemetry/metrics.ts';
import { EventIndices, openElasticsearchClient, type IndexingParts } from '../../search/index.ts';

/** Statements of a command that run at the same time. */
const POOL_SIZE = 4;

/** The database is older than this program. */
class NotMigrated extends Error {
  readonly remedy = 'Run `npm run migrate` first.';
}

/** Open database and search index, as the settings name them, for a command that maintains the index. */
export async function openSearchIndex(name: string): Promise<IndexingParts & AsyncDisposable> {
  const problems = [
    ...(hasDatabaseUrl() ? [] : ['DATABASE_URL: not set; the embedded database follows its index by itself']),
    ...(hasElasticsearchUrl() ? [] : ['ELASTICSEARCH_URL: not set; Postgres searches without an index']),
  ];
  const { database, elasticsearch, elasticsearchIndexPrefix, logLevel } = readSettings(undefined, problems);
  if (database.kind === 'embedded' || elasticsearch?.kind !== 'external')
    throw new ConfigurationError(problems);
  await using opening = new AsyncDisposableStack();
  const pool = opening.use(openPool(database.url, POOL_SIZE, name));
  if (!(await isMigrated(pool.db))) throw new NotMigrated('The database is not at the newest schema.');
  const client = opening.use(await openElasticsearchClient(elasticsearch.url));
  const owned = opening.move();
  return {
    databaseUrl: database.url,
    platform: { db: pool.db, log: openLog(logLevel, readableLines()), metrics: openMetrics() },
    indices: new EventIndices(client, elasticsearchIndexPrefix),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
