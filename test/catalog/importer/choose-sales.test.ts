import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { chooseSales, toCandidate, type Candidate } from '../../../src/catalog/importer/choose-sales.ts';
import { planEvents } from '../../../src/catalog/importer/plan-events.ts';
import { readListings } from '../../../src/catalog/importer/read-listings.ts';
import { readCast } from '../../../src/catalog/importer/read-performers.ts';
import { readPlaces } from '../../../src/catalog/importer/read-places.ts';

const directory = { path: fileURLToPath(new URL('../../../data', import.meta.url)) };

/** Everything that is planned for the year after a day, in one hash, and what of it goes on sale. */
async function planYear(today: string): Promise<{ hash: string; sales: Candidate[] }> {
  const day = Temporal.PlainDate.from(today);
  const places = await readPlaces(directory, day);
  const cast = await readCast(directory);
  const hash = createHash('sha256');
  const candidates: Candidate[] = [];
  for await (const event of planEvents(readListings(directory, cast), places, cast, day, () => {})) {
    hash.update(JSON.stringify(event));
    const candidate = toCandidate(event);
    if (candidate !== null) candidates.push(candidate);
  }
  return { hash: hash.digest('hex'), sales: chooseSales(candidates, day) };
}

test('the same day gives the same year and the same sales; another day another year', async () => {
  const [first, again, later] = [
    await planYear('2026-11-21'),
    await planYear('2026-11-21'),
    await planYear('2027-04-02'),
  ];
  expect(again.hash).toBe(first.hash);
  expect(again.sales).toEqual(first.sales);
  expect(later.hash).not.toBe(first.hash);

  for (const { sales } of [first, later]) {
    expect(sales.length).toBeGreaterThan(190);
    expect(Math.max(...sales.map(({ capacity }) => capacity))).toBeGreaterThanOrEqual(60_000);
    const perVenue = Map.groupBy(sales, ({ venue }) => venue.id);
    expect(Math.max(...[...perVenue.values()].map((here) => here.length))).toBeLessThanOrEqual(3);
  }
});
