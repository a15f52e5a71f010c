import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openElasticsearchEngine } from '../../../src/search/elasticsearch/elasticsearch-engine.ts';
import { onlyEngine, openPostgresBrowse, openPostgresSearch } from '../../../src/search/index.ts';
import type { SearchEngines } from '../../../src/search/search-engines.ts';
import { withElasticsearch } from '../../support/elasticsearch.ts';
import { SEED_OF_RUN, TRIAL_RUNS } from '../../support/seed-of-run.ts';
import { randomFrom } from '../../waiting-room/trial/seeded-random.ts';
import { ownIndex, type OwnIndex } from '../elasticsearch/own-index.ts';
import { openCatalogue, type Catalogue } from './catalogue.ts';
import { drawInput, type Draw } from './draw-input.ts';
import { listPages } from './list-pages.ts';

/** A search takes some 30 ms in each engine. */
const SEARCHES_PER_SEED = 100;

await withElasticsearch((url) => {
  describe('both engines, over a slice of the demo catalogue', () => {
    let catalogue: Catalogue;
    let index: OwnIndex;
    let postgres: SearchEngines;
    let elasticsearch: SearchEngines;
    beforeAll(async () => {
      catalogue = await openCatalogue();
      const { db } = catalogue.pool;
      index = await ownIndex(url);
      await index.write(await catalogue.readDocuments());
      const [engine, browse] = [openPostgresSearch(db), openPostgresBrowse(db)];
      postgres = onlyEngine(engine, browse);
      elasticsearch = onlyEngine(
        openElasticsearchEngine(index, (clauses) => engine.findCorrections(clauses)),
        browse,
      );
    }, 300_000);
    afterAll(async () => {
      await index[Symbol.asyncDispose]();
      await catalogue[Symbol.asyncDispose]();
    });

    const seeds = Array.from({ length: TRIAL_RUNS }, (_, run) => SEED_OF_RUN + run);
    test.each(seeds)(
      'list the same, page by page, also one in turn with the other: seed %i',
      async (seed) => {
        const random = randomFrom(seed);
        const draw = drawBy(random);
        for (let time = 0; time < SEARCHES_PER_SEED; time++) {
          const input = drawInput(catalogue.samples, draw);
          const pages = { first: 1 + random(30), maxPages: 4 };
          const expected = await listPages([postgres], input, pages);
          for (const engines of [[elasticsearch], [elasticsearch, postgres]])
            expect(await listPages(engines, input, pages), JSON.stringify({ input, pages })).toEqual(
              expected,
            );
        }
      },
      300_000,
    );
  });
});

function drawBy(random: (bound: number) => number): Draw {
  const share = () => random(1_000_000) / 1_000_000;
  return {
    share,
    pick: (list) => list[random(list.length)]!,
    maybe: (probability) => share() < probability,
  };
}
