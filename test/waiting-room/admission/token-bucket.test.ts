import { expect, test } from 'vitest';

import { TokenBucket } from '../../../src/waiting-room/admission/token-bucket.ts';

const PER_MINUTE = 2_400; // 40 a second, a burst of 200
const at = (seconds: number) => new Date(seconds * 1_000);

test('admissions that are committed late in a step leave no more than rate × time for the next one', () => {
  const bucket = new TokenBucket(at(0));
  expect(bucket.available(at(10), PER_MINUTE)).toBe(200);
  bucket.take(200, at(10.9), PER_MINUTE);
  expect(bucket.available(at(10), PER_MINUTE)).toBe(0); // another round of the step
  expect(bucket.available(at(11), PER_MINUTE)).toBe(4);
});

test('a late commit of a few loses no tokens', () => {
  const bucket = new TokenBucket(at(0));
  expect(bucket.available(at(1), PER_MINUTE)).toBe(40);
  bucket.take(40, at(1.5), PER_MINUTE);
  expect(bucket.available(at(2), PER_MINUTE)).toBe(40);
});

test('a clock that goes back adds no tokens, and fills the bucket from there on', () => {
  const bucket = new TokenBucket(at(1_000));
  expect(bucket.available(at(1_001), PER_MINUTE)).toBe(40);
  bucket.take(40, at(1_001), PER_MINUTE);
  expect(bucket.available(at(1), PER_MINUTE)).toBe(0);
  expect(bucket.available(at(2), PER_MINUTE)).toBe(40);
});
