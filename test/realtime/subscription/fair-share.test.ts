import fc from 'fast-check';
import { expect, test } from 'vitest';

import { FairShare } from '../../../src/realtime/subscription/fair-share.ts';

test('a document that a lighter address uses too is charged to it, and not displaced', () => {
  const share = new FairShare(5);
  for (const document of ['a', 'b', 'c', 'd', 'e']) share.add(document, 1, 'attacker');
  share.add('e', 1, 'honest');
  expect(share.roomFor('newcomer', 1)).toEqual(['d']);
  share.remove('d', 'attacker');
  share.add('x', 1, 'newcomer');
  for (const document of ['a', 'b', 'c']) share.add(document, 1, 'accomplice');
  expect(share.roomFor('another', 1)).toEqual([expect.toBeOneOf(['a', 'b', 'c'])]);
});

test('a document that its owner leaves is charged to another of its users', () => {
  const share = new FairShare(2);
  share.add('a', 1, 'first');
  share.add('a', 1, 'second');
  share.add('b', 1, 'second');
  share.remove('a', 'first');
  expect(share.roomFor('third', 1)).toEqual(['a']);
  share.remove('a', 'second');
  share.remove('b', 'second');
  expect([share.size, share.isFull]).toEqual([0, false]);
});

test('whatever fewer addresses than the capacity hold, another one gets in with its first document', () => {
  const CAPACITY = 6;
  const use = fc.record({
    document: fc.integer({ min: 0, max: 9 }).map(String),
    address: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    leaves: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(use, { maxLength: 80 }), (uses) => {
      const share = new FairShare(CAPACITY);
      const held: { document: string; address: string }[] = [];
      for (const { document, address, leaves } of uses) {
        if (leaves && held.length > 0) {
          const [gone] = held.splice(Number(document) % held.length, 1);
          share.remove(gone!.document, gone!.address);
        } else if (share.has(document) || !share.isFull) {
          share.add(document, 1, address);
          held.push({ document, address });
        }
      }
      expect(share.size).toBe(new Set(held.map(({ document }) => document)).size);
      if (share.isFull)
        expect(share.roomFor('newcomer', 1)?.map((found) => share.has(found))).toEqual([true]);
      for (const { document, address } of held) share.remove(document, address);
      expect([share.size, share.isFull]).toEqual([0, false]);
    }),
  );
});

test('the documents that give way make room together, or the plan is none', () => {
  const use = fc.record({
    document: fc.integer({ min: 0, max: 30 }).map(String),
    cost: fc.integer({ min: 1, max: 9 }),
    address: fc.constantFrom('a', 'b', 'c', 'd'),
  });
  fc.assert(
    fc.property(fc.array(use, { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (uses, cost) => {
      const share = new FairShare(20);
      const held: { document: string; address: string }[] = [];
      for (const { document, cost: size, address } of uses) {
        if (!share.has(document) && share.isFull) continue;
        share.add(document, size, address);
        held.push({ document, address });
      }
      const plan = share.roomFor('newcomer', cost);
      if (plan === null) return void expect(share.isFull).toBe(true);
      if (!share.isFull) expect(plan).toEqual([]);
      expect(new Set(plan).size).toBe(plan.length);
      for (const displaced of plan) {
        expect(share.isFull).toBe(true); // none gives way without need
        for (const { document, address } of held) if (document === displaced) share.remove(document, address);
      }
      expect(share.isFull).toBe(false);
      return undefined;
    }),
  );
});
