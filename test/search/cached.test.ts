import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { events } from '../../src/catalog/index.ts';
import { inDays, seedEvent } from '../catalog/seed.ts';
import { cloneDatabase } from '../support/database.ts';
import { ORGANISER } from '../support/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { search, SEARCH, type Found } from './fixture.ts';

/** Two processes with one database and one Redis. */
const opened = new AsyncDisposableStack();
let [one, other]: World[] = [];
beforeAll(async () => {
  const { url } = opened.use(await cloneDatabase());
  const environment = { SEARCH_CACHE_SECONDS: '60', REDIS_KEY_PREFIX: `cached-${process.pid}:` };
  one = opened.use(await openWorld({ databaseUrl: url, environment }));
  other = opened.use(await openWorld({ databaseUrl: url, environment }));
});
afterAll(() => opened.disposeAsync());

const names = async (world: World, term: string, page: object = {}) =>
  (await search(world, { term }, page)).edges.map(({ node }) => node.name);

const hide = (id: string) =>
  one!.platform.db.update(events).set({ status: 'DRAFT' }).where(eq(events.id, id));

async function computed(world: World): Promise<number> {
  const { values } = await world.platform.metrics.searchCache.get();
  return values.find(({ labels }) => labels.result === 'computed')?.value ?? 0;
}

describe.skipIf(inject('redisUrl') === null)('answers of the engine are shared', () => {
  test('by processes, and by terms that differ in case, accents and spaces', async () => {
    await seedEvent(one!.platform.db, 'Zydeco Evening', { startsAt: inDays(3) });
    await seedEvent(one!.platform.db, 'Zydeco Morning', { startsAt: inDays(4) });
    expect(await names(one!, 'zydeco')).toEqual(['Zydeco Evening', 'Zydeco Morning']);
    const before = await computed(other!);
    for (const term of ['zydeco', 'ZYDECO', '  Zydéco '])
      expect(await names(other!, term)).toEqual(['Zydeco Evening', 'Zydeco Morning']);
    expect(await computed(other!)).toBe(before);
  });

  test('with viewers, but organisers and admins see changes at once', async () => {
    const id = await seedEvent(one!.platform.db, 'Polka Evening', { startsAt: inDays(3) });
    await seedEvent(one!.platform.db, 'Polka Morning', { startsAt: inDays(4) });
    const asks = async (client: World['stranger']) =>
      ((await client.ask(SEARCH, { input: { term: 'polka' } }))['searchEvents'] as Found).edges.map(
        ({ node }) => node.name,
      );
    expect(await asks(one!.stranger)).toEqual(['Polka Evening', 'Polka Morning']);
    await seedEvent(one!.platform.db, 'Polka at Noon', { startsAt: inDays(2) });
    expect(await asks(await one!.as('fan', 'FAN'))).toHaveLength(2);
    expect(await asks(await one!.as(ORGANISER, 'ORGANISER'))).toHaveLength(3);
    expect(await asks(await other!.as('admin', 'ADMIN'))).toHaveLength(3);
    expect(id).toBeDefined();
  });

  test('with other page sizes and filters apart', async () => {
    for (const day of [3, 4, 5])
      await seedEvent(one!.platform.db, `Klezmer ${day}`, { startsAt: inDays(day) });
    expect(await names(one!, 'klezmer', { first: 1 })).toHaveLength(1);
    expect(await names(one!, 'klezmer', { first: 2 })).toHaveLength(2);
    const { pageInfo } = await search(one!, { term: 'klezmer' }, { first: 2 });
    expect(await names(one!, 'klezmer', { first: 2, after: pageInfo.endCursor })).toHaveLength(1);
  });
});

test('an Event that a cached answer has, and that was withdrawn since, is not shown', async () => {
  const id = await seedEvent(one!.platform.db, 'Withdrawn Fado', { startsAt: inDays(3) });
  expect(await names(one!, 'fado')).toEqual(['Withdrawn Fado']);
  await hide(id);
  const found = await one!.stranger.send(SEARCH, { input: { term: 'fado' } });
  expect(JSON.stringify(found.data)).not.toContain('Withdrawn Fado');
});
