import { expect, test } from 'vitest';

import { slotOf, SLOTS } from '../../../src/platform/redis/slots.ts';
import { copiesOf } from '../../../src/platform/redis/spread-keys.ts';

const thirdOf = (key: string) => Math.floor((slotOf(key) * 3) / SLOTS);

test('copies are in different thirds of all slots, the first in the third of the key they are near to', () => {
  const firsts = new Set<number>();
  for (let number = 0; number < 50; number++) {
    const near = `onsale:{${number}}:seat-map`;
    const copies = copiesOf('onsale:', 'feed', near);
    expect(new Set(copies.map(thirdOf)).size).toBe(3);
    expect(thirdOf(copies[0]!)).toBe(thirdOf(near));
    expect(copies.toSorted()).toEqual(copiesOf('onsale:', 'feed').toSorted());
    firsts.add(thirdOf(copies[0]!));
  }
  expect(firsts.size).toBe(3);
});
