import { setTimeout as pause } from 'node:timers/promises';

import { INDEX_SETTINGS } from '../../src/search/elasticsearch/mapping.ts';
import { aliasOf } from '../../src/search/elasticsearch/search-index.ts';
import { openElasticsearchClient } from '../../src/search/index.ts';
import type { Decoder } from '../clients/decoder.ts';
import { sharedClock } from '../clocks.ts';
import { measureRatio, percentile, type Row } from '../measure.ts';
import { startRpcChild } from '../rpc.ts';
import type { SizedCatalogue } from '../search/catalogue.ts';
import type { BenchStack } from '../stack.ts';

const PUBLICATION = 'onsale_search';
const INDEX = aliasOf('onsale-');
const COMMITS = 150;
const COMMIT_INTERVAL_MS = 100;
const POLL_MS = 5;
const REFRESH_MS = 1_000 * Number.parseFloat(String(INDEX_SETTINGS.refresh_interval));

/**
 * P18: from the commit of a new name until Elasticsearch finds it, over its refresh interval and the latency of a client that only
 * decodes the log; both at the 99th percentile.
 */
export async function searchFreshnessRow(stack: BenchStack, { sql }: SizedCatalogue): Promise<Row> {
  await using client = await openElasticsearchClient(stack.elasticsearchUrl!);
  const events = await sql<{ id: string }[]>`
    select id from events where status = 'ANNOUNCED' order by md5(id::text) limit ${COMMITS}`;
  const found: number[] = [];
  let round = 0;
  /** Name the Events anew at intervals. Returns when each commit was sent, by the new name. */
  const commitAtIntervals = async (onCommit: (name: string, at: number) => void): Promise<void> => {
    round++;
    const startedAt = performance.now();
    for (const [number, { id }] of events.entries()) {
      await pause(Math.max(0, startedAt + number * COMMIT_INTERVAL_MS - performance.now()));
      const name = `fresh${round}x${number}`;
      await sql.begin(async (tx) => {
        await tx`update events set folded = ${name} where id = ${id}`;
        onCommit(name, sharedClock());
      });
    }
  };
  return await measureRatio(
    'P18',
    'commit to findable, p99 ÷ refresh interval of Elasticsearch and logical decoding alone, p99',
    {
      name: 'Onsale',
      run: async () => {
        const waiting = new Map<string, number>();
        const times: number[] = [];
        let isOver = false;
        const committing = commitAtIntervals((name, at) => waiting.set(name, at)).finally(
          () => (isOver = true),
        );
        committing.catch(() => {}); // awaited below
        while (!isOver || waiting.size > 0) {
          const names = [...waiting.keys()];
          if (names.length > 0) {
            const { hits } = await client.search<{ name: string }>({
              ...{ index: INDEX, size: COMMITS, _source: ['name'], track_total_hits: false },
              query: { terms: { name: names } },
            });
            const at = sharedClock();
            for (const { _source: source } of hits.hits) {
              times.push(at - waiting.get(source!.name)!);
              waiting.delete(source!.name);
            }
          }
          await pause(POLL_MS);
        }
        await committing;
        found.push(...times);
        return percentile(times, 0.99);
      },
    },
    {
      name: 'refresh and decoding',
      run: async () => {
        await using decoder = startRpcChild<Decoder>('bench/clients/decoder.ts');
        await decoder.call('start', stack.databaseUrl, PUBLICATION, 'id');
        const commits: number[] = [];
        await commitAtIntervals((_name, at) => commits.push(at));
        await pause(COMMIT_INTERVAL_MS); // until the last commit has arrived
        const arrivals = await decoder.call('takeArrivals');
        await decoder.call('stop');
        if (arrivals.length !== commits.length)
          throw new Error(`${arrivals.length} of ${commits.length} commits arrived`);
        const times = arrivals.map(({ at }, number) => at - commits[number]!);
        return REFRESH_MS + percentile(times, 0.99);
      },
    },
    async () => [
      `p50 ${Math.round(percentile(found, 0.5))} ms, maximum ${Math.round(Math.max(...found))} ms; ${1_000 / COMMIT_INTERVAL_MS} commits a second`,
    ],
    { unit: 'ms' },
  );
}
