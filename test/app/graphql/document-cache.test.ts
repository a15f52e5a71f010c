import { parse } from 'graphql';
import { expect, test } from 'vitest';

import { bytesOf, DocumentCache } from '../../../src/app/graphql/document-cache.ts';

const MAX_BYTES = 10_000_000;

test.each([
  ['comments', (n: number) => `{ a${n} } ${'#\n'.repeat(16_000)}`, 1_400_000],
  ['one long comment', (n: number) => `{ a${n} } #${'x'.repeat(32_000)}`, 33_000],
  ['fields', (n: number) => `{ ${Array.from({ length: 990 }, (_, m) => `f${n}_${m}`).join(' ')} }`, 510_000],
])('documents of %s are counted with the memory that they take', (_what, documentOf, measuredBytes) => {
  expect(bytesOf(parse(documentOf(1)))).toBeGreaterThan(0.95 * measuredBytes);
  const cache = new DocumentCache(MAX_BYTES);
  const count = Math.ceil((2 * MAX_BYTES) / measuredBytes);
  for (let n = 0; n < count; n++)
    cache.keep(String(n), { document: parse(documentOf(n)), bytes: bytesOf(parse(documentOf(n))) });
  expect(cache.bytes).toBeLessThanOrEqual(MAX_BYTES);
  expect(cache.find('0')).toBeUndefined(); // evicted
  expect(cache.find(String(count - 1))).toBeDefined();
});

test('it serves as the document store of Apollo', async () => {
  const cache = new DocumentCache(MAX_BYTES);
  const document = parse('{ a }');
  await cache.set('key', document);
  expect(await cache.get('key')).toBe(document);
  await cache.delete('key');
  expect(await cache.get('key')).toBeUndefined();
});
