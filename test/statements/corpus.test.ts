import { beforeAll, expect, inject, test } from 'vitest';

import { collectStatements, UNREACHED, type CorpusStatement } from './corpus.ts';
import { namesInSource } from './statement-names.ts';

let corpus: CorpusStatement[];
beforeAll(async () => {
  corpus = await collectStatements();
}, 180_000);

test('the journeys reach every named statement of src', () => {
  const reached = new Set(corpus.map(({ name }) => name));
  const missing = [...namesInSource().keys()].filter((name) => !reached.has(name) && !(name in UNREACHED));
  // without Redis there are no seat boards, no change feed that fills them, and no locks on seats to wait for
  const needsRedis =
    /^(?:replication\.findUnderWay|seat-map\.readBoardContent|booking\.(?:readPlacesOfOthers|readStock)|waiting-room\.\w+)$/;
  expect(missing.filter((name) => inject('redisUrl') !== null || !needsRedis.test(name))).toEqual([]);
});

test('what is said to be unreached exists, and is not reached', () => {
  const [reached, inSource] = [new Set(corpus.map(({ name }) => name)), namesInSource()];
  for (const name of Object.keys(UNREACHED)) {
    expect(inSource.has(name), name).toBe(true);
    expect(reached.has(name), name).toBe(false);
  }
});

test('every use of a statement has its parameters', () => {
  for (const { name, text, uses } of corpus) {
    const highest = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
    for (const values of uses) expect(values, name).toHaveLength(highest);
  }
});
