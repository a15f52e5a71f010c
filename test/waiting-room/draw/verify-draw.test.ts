import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';

import { hashOfList, linesOf, sortEntries } from '../../../src/waiting-room/draw/draw.ts';
import { verifyDraw, type PublishedDraw } from '../../../src/waiting-room/draw/verify-draw.ts';

const randomEntries = (count: number) =>
  Array.from({ length: count }, () => randomBytes(16).toString('base64url'));

async function published(entries: readonly string[], order: PublishedDraw['order'] = 'SHUFFLED') {
  const seed = randomBytes(32);
  const draw: PublishedDraw = {
    ...{ event: 'evt_1', generation: 1, order, opensAt: '2026-11-30T20:00:00.000Z' },
    ...{ seed: seed.toString('hex'), seedHash: createHash('sha256').update(seed).digest('hex') },
    ...{ listHash: await hashOfList(entries), entries: entries.length },
  };
  return { draw, list: linesOf(entries) };
}

test('an honest draw is recomputed', async () => {
  const entries = await sortEntries(randomEntries(500));
  const { draw, list } = await published(entries);
  const { order, problems } = await verifyDraw(draw, list);
  expect(problems).toEqual([]);
  expect([...order!].sort()).toEqual(entries);
  expect(order).not.toEqual(entries);
  const empty = await published([]);
  expect(await verifyDraw(empty.draw, empty.list)).toEqual({ order: [], problems: [] });
});

test('in order of arrival the list is the order', async () => {
  const entries = randomEntries(20);
  const { draw, list } = await published(entries, 'ARRIVAL');
  expect(await verifyDraw(draw, list)).toEqual({ order: entries, problems: [] });
});

test.each<[string, (list: string[]) => string[]]>([
  ['an entry that was changed', (list) => list.with(3, randomEntries(1)[0]!).sort()],
  ['an entry less', (list) => list.slice(1)],
  ['an entry more', (list) => [...list, ...randomEntries(1)].sort()],
  ['two entries swapped', ([first, second, ...others]) => [second!, first!, ...others]],
])('%s is found', async (_what, change) => {
  const entries = await sortEntries(randomEntries(50));
  const { draw } = await published(entries);
  const { order, problems } = await verifyDraw(draw, linesOf(change(entries)));
  expect(order).toBeNull();
  expect(problems).toContain('the list is not the one that the hash is of');
});

test('a committed list that could be written otherwise, another seed, and a file cut off are found', async () => {
  const entries = await sortEntries(randomEntries(50));
  const problemsOf = async (list: string[], change: Partial<PublishedDraw> = {}) => {
    const made = await published(list);
    return (await verifyDraw({ ...made.draw, ...change }, made.list)).problems;
  };
  expect(await problemsOf(entries.toReversed())).toEqual(['the list is not sorted']);
  expect(await problemsOf([...entries.slice(0, 1), ...entries])).toEqual([
    'the list has an entry twice',
    'the list is not sorted',
  ]);
  expect(await problemsOf(['nonsense'])).toEqual(['the list has a line that is no entry']);
  expect(await problemsOf(entries, { seed: randomBytes(32).toString('hex') })).toEqual([
    'the seed is not the one that the room was made with',
  ]);
  const { draw, list } = await published(entries);
  expect((await verifyDraw(draw, list.slice(0, -5))).problems).toContain('the list ends within a line');
});
