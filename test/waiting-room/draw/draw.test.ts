import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { hashOfList, linesOf, shuffle, sortEntries } from '../../../src/waiting-room/draw/draw.ts';
import { isEntry, packEntries, unpackEntries } from '../../../src/waiting-room/draw/packed-entries.ts';

const randomEntries = (count: number) =>
  Array.from({ length: count }, () => randomBytes(16).toString('base64url'));
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
/** With characters that sort in another order in some alphabets. */
const SOME = ['_', '-', 'a', 'A', '0', '9', 'z', 'Z'].map((first) => first + 'x'.repeat(20) + 'A');

describe('the list', () => {
  test.each([0, 1, 2, 1_999, 2_000, 2_001, 20_000])(
    'of %i entries is sorted as plain text is',
    async (count) => {
      const entries = randomEntries(count);
      expect(await sortEntries(entries)).toEqual([...entries].sort());
    },
  );

  test('is sorted by the codes of characters', async () => {
    const sorted = (await sortEntries(SOME)).map(([first]) => first);
    expect(sorted).toEqual(['-', '0', '9', 'A', 'Z', '_', 'a', 'z']);
  });

  test('has the hash of the file that is published, which changes with any entrant', async () => {
    const entries = await sortEntries(randomEntries(2_500));
    const listHash = await hashOfList(entries);
    expect(listHash).toBe(sha256(linesOf(entries)));
    const [other] = randomEntries(1);
    const lists = [entries.with(1_234, other!), entries.slice(1), [...entries, other!]];
    for (const list of lists) expect(await hashOfList(await sortEntries(list))).not.toBe(listHash);
    expect(await hashOfList([])).toBe(sha256(''));
  });

  test('is stored in 16 bytes an entry, and comes back', () => {
    const entries = randomEntries(100);
    expect(packEntries(entries)).toHaveLength(1_600);
    expect(unpackEntries(packEntries(entries))).toEqual(entries);
    expect(entries.every(isEntry)).toBe(true);
    expect(['', 'x'.repeat(22), 'A'.repeat(23), ' '.repeat(22)].some(isEntry)).toBe(false);
  });
});

describe('the order', () => {
  test('is that of SHA-256 of seed, list hash and entry', async () => {
    const entries = await sortEntries(randomEntries(3_000));
    const [seed, listHash] = [randomBytes(32), await hashOfList(entries)];
    const lots = entries.map((entry) => [sha256(`${seed.toString('hex')}:${listHash}:${entry}`), entry]);
    expect(await shuffle(entries, { seed, listHash })).toEqual(lots.sort().map(([, entry]) => entry));
  });

  test('changes with the seed, and with the list', async () => {
    const entries = await sortEntries(randomEntries(200));
    const listHash = await hashOfList(entries);
    const [one, other] = [randomBytes(32), randomBytes(32)];
    const order = await shuffle(entries, { seed: one, listHash });
    expect(await shuffle(entries, { seed: one, listHash })).toEqual(order);
    expect(await shuffle(entries, { seed: other, listHash })).not.toEqual(order);
    expect(await shuffle(entries, { seed: one, listHash: sha256('another list') })).not.toEqual(order);
  });

  test('lets other work have its turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await sortEntries(randomEntries(50_000));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });
});
