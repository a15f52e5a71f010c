/**
 * A worker process for tests that kill workers: follows the catalogue until it is killed.
 *
 *   node test/search/indexing/indexing-process.ts '{ "databaseUrl": …, "elasticsearchUrl": …, "indexPrefix": … }'
 */
import { openPool } from '../../../src/platform/db/pool.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { openElasticsearchClient } from '../../../src/search/elasticsearch/client.ts';
import { EventIndices } from '../../../src/search/indexing/event-indices.ts';
import { indexCatalogue } from '../../../src/search/indexing/index-catalogue.ts';

const { databaseUrl, elasticsearchUrl, indexPrefix } = JSON.parse(process.argv[2] ?? '{}') as Record<
  'databaseUrl' | 'elasticsearchUrl' | 'indexPrefix',
  string
>;
const log = openLog('info'); // logs when it acquires the slot
const { db } = openPool(databaseUrl, 4);
const indices = new EventIndices(await openElasticsearchClient(elasticsearchUrl), indexPrefix);
indexCatalogue({ databaseUrl, platform: { db, log, metrics: openMetrics() }, indices });
