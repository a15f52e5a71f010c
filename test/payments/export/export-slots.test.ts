import { expect, test } from 'vitest';

import { ExportSlots } from '../../../src/payments/export/export-slots.ts';

test('four viewers export at a time, each once; a slot comes back once', () => {
  const slots = new ExportSlots();
  const releases = ['a', 'b', 'c', 'd'].map((viewer) => slots.acquire(viewer));
  const refused = { code: 'SERVICE_UNAVAILABLE', extensions: { retryAfterSeconds: 10 } };
  const error = (viewer: string) => {
    try {
      slots.acquire(viewer);
    } catch (thrown) {
      return thrown;
    }
    return null;
  };
  expect(error('e')).toMatchObject({ extensions: { ...refused.extensions, code: refused.code } });
  expect(error('a')).not.toBeNull();
  releases[0]!();
  releases[0]!();
  const again = slots.acquire('a');
  releases[0]!(); // of the export before
  expect(error('a')).not.toBeNull();
  again();
  expect(slots.count).toBe(3);
});
