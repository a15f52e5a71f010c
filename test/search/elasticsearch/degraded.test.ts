import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';

import { aliasOf } from '../../../src/search/elasticsearch/search-index.ts';
import { seedEvent } from '../../catalog/seed.ts';
import { ownIndexPrefix, withElasticsearch } from '../../support/elasticsearch.ts';
import { ownElasticsearch } from '../../support/own-elasticsearch.ts';
import { eventually } from '../../support/wait-until.ts';
import { openWorld, type World } from '../../support/world.ts';
import { documentOf, ownIndex } from './own-index.ts';

await withElasticsearch(() => {
  test('while Elasticsearch is slow or away Postgres answers, and says so; afterwards Elasticsearch does', async () => {
    await using elasticsearch = await ownElasticsearch();
    const indexPrefix = ownIndexPrefix();
    await using world = await openWorld({
      elasticsearchUrl: elasticsearch.url,
      environment: { ELASTICSEARCH_INDEX_PREFIX: indexPrefix },
    });
    const id = await seedEvent(world.platform.db, 'Beethoven');
    await using index = await ownIndex(elasticsearch.url, aliasOf(indexPrefix));
    await index.write([documentOf(id, 'beethoven', { day: 10 })]);
    const answered = { degraded: false, totalCount: 1, nodes: [{ name: 'Beethoven' }] };
    const byPostgres = { ...answered, degraded: true };
    // on a busy machine a single answer of Elasticsearch may be too slow
    const answers = () =>
      eventually('Elasticsearch answers', async () => isDeepStrictEqual(await search(world), answered));
    await answers();

    elasticsearch.pause();
    for (let time = 0; time < 5; time++) expect(await search(world)).toEqual(byPostgres);
    expect(await metric(world, 'onsale_elasticsearch_up')).toBe(0);
    expect(await metric(world, 'onsale_degraded_searches_total{reason="open"}')).toBeGreaterThan(0);
    elasticsearch.resume();
    await answers();
    expect(await metric(world, 'onsale_elasticsearch_up')).toBe(1);

    await elasticsearch.kill();
    for (let time = 0; time < 5; time++) expect(await search(world)).toEqual(byPostgres);
    await elasticsearch.start();
    await answers();
  }, 600_000);
});

const SEARCH = '{ searchEvents(input: { term: "beethoven" }) { degraded totalCount nodes { name } } }';

const search = async (world: World): Promise<any> => (await world.stranger.ask(SEARCH))['searchEvents'];

async function metric(world: World, name: string): Promise<number> {
  const text = await (await fetch(`${world.url}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1],
  );
}
