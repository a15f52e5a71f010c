import { beforeEach, describe, expect, test } from 'vitest';

import { ResponseCache } from '../../../src/app/response-cache/response-cache.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';

const metrics = openMetrics();
let cache: ResponseCache;
beforeEach(() => {
  cache = new ResponseCache(1_000_000, metrics);
});

const response = (text: string, { tags = [] as string[], maxAgeSeconds = 60 } = {}) => ({
  body: text,
  contentType: 'application/json',
  maxAgeSeconds,
  tags: new Set(tags),
  operationName: null,
});

function store(key: string, ...args: Parameters<typeof response>): void {
  const pending = cache.begin(key);
  pending.store(response(...args));
  pending.end();
}

const bodyOf = (key: string): string | undefined => cache.find(key)?.body;

describe('an entry is served', () => {
  test('until one of its tags is evicted', () => {
    store('a', 'of both', { tags: ['Event:1', 'Venue:1'] });
    store('b', 'of the Venue', { tags: ['Venue:1'] });
    store('c', 'of another', { tags: ['Event:2'] });
    cache.evict(['Event:1', 'Event:9']);
    expect([bodyOf('a'), bodyOf('b'), bodyOf('c')]).toEqual([undefined, 'of the Venue', 'of another']);
    cache.evict(['Venue:1']);
    expect([bodyOf('b'), bodyOf('c')]).toEqual([undefined, 'of another']);
  });

  test('until all entries are evicted', () => {
    store('a', 'one');
    cache.evictAll();
    expect(bodyOf('a')).toBeUndefined();
  });

  test('until it expires', () => {
    store('a', 'one', { maxAgeSeconds: 0 });
    expect(bodyOf('a')).toBeUndefined();
  });

  test('until newer entries need its space', () => {
    for (let index = 0; index < 100; index++)
      store(`key ${index}`, 'x'.repeat(20_000), { tags: ['Event:1'] });
    expect(bodyOf('key 0')).toBeUndefined();
    expect(bodyOf('key 99')).toHaveLength(20_000);
    cache.evict(['Event:1']);
    expect(bodyOf('key 99')).toBeUndefined();
  });

  test('unless it is too large to be stored', () => {
    store('small', 'one');
    store('large', 'x'.repeat(100_000));
    expect([bodyOf('small'), bodyOf('large')]).toEqual(['one', undefined]);
  });

  test('never while the cache is off', () => {
    cache = new ResponseCache(0, metrics);
    store('a', 'one');
    expect(cache.isOff).toBe(true);
    expect(bodyOf('a')).toBeUndefined();
  });
});

describe('while a response is pending', () => {
  test('an eviction of one of its tags prevents storing', () => {
    const pending = cache.begin('a');
    cache.evict(['Event:1']);
    pending.store(response('read before the change', { tags: ['Event:1'] }));
    pending.end();
    expect(bodyOf('a')).toBeUndefined();
  });

  test('an eviction of another tag does not', () => {
    const pending = cache.begin('a');
    cache.evict(['Event:2']);
    pending.store(response('one', { tags: ['Event:1'] }));
    pending.end();
    expect(bodyOf('a')).toBe('one');
  });

  test('an eviction of all entries prevents storing', () => {
    const pending = cache.begin('a');
    cache.evictAll();
    pending.store(response('one'));
    pending.end();
    expect(bodyOf('a')).toBeUndefined();
  });

  test('requests with the same key wait for it, if the last response was public', async () => {
    store('a', 'old', { tags: ['Event:1'] });
    cache.evict(['Event:1']);
    const pending = cache.begin('a');
    const waiting = cache.inFlight('a');
    pending.store(response('new'));
    pending.end();
    expect((await waiting)?.body).toBe('new');
    expect(cache.inFlight('a')).toBeNull();
  });

  test('waiting requests get null if it is not stored', async () => {
    store('a', 'old', { tags: ['Event:1'] });
    cache.evict(['Event:1']);
    const pending = cache.begin('a');
    const waiting = cache.inFlight('a');
    pending.end();
    expect(await waiting).toBeNull();
  });

  test('no request waits for one that may be private', () => {
    cache.begin('a');
    expect(cache.inFlight('a')).toBeNull();
  });

  test('a request after an eviction does not wait for a response that was read before it', () => {
    store('a', 'old', { tags: ['Event:1'] });
    cache.evict(['Event:1']);
    cache.begin('a');
    cache.evict(['Event:1']);
    expect(cache.inFlight('a')).toBeNull();
  });
});

describe('the memory of everything that requests add is limited:', () => {
  const MAX_BYTES = 1_000_000;
  /** Memory of the heap would depend on the collector: every object that the cache keeps is counted here instead. */
  const keep = (count: number, add: (n: number) => void) => {
    for (let n = 0; n < count; n++) add(n);
    expect(cache.bytes).toBeLessThanOrEqual(MAX_BYTES);
    expect(cache.bytes).toBeGreaterThan(MAX_BYTES / 100);
  };

  test('texts of requests that had a public response', async () => {
    keep(1_000, (n) => store(`${n} ${'k'.repeat(16_000)}`, 'x'));
    const isKnown = (key: string) => {
      const pending = cache.begin(key);
      const known = cache.inFlight(key) !== null;
      pending.end();
      return known;
    };
    expect(isKnown(`0 ${'k'.repeat(16_000)}`)).toBe(false); // forgotten
    expect(isKnown(`999 ${'k'.repeat(16_000)}`)).toBe(true);
  });

  test('texts with characters beyond ASCII, of two bytes each', () => {
    store('ascii', 'x'.repeat(20_000));
    const ascii = cache.bytes;
    store('wide', 'ł'.repeat(20_000));
    expect(cache.bytes - ascii).toBeGreaterThanOrEqual(ascii + 15_000);
  });

  test('tags', () => {
    keep(100, (n) =>
      store(`${n}`, 'x', { tags: Array.from({ length: 100 }, (_, tag) => `Event:${n}-${tag}`) }),
    );
    expect(bodyOf('0')).toBeUndefined();
  });

  test('names of operations', () => {
    keep(200, (n) => {
      const pending = cache.begin(`${n}`);
      pending.store({ ...response('x'), operationName: 'n'.repeat(16_000) });
      pending.end();
    });
    expect(bodyOf('0')).toBeUndefined();
  });

  test('compressed bodies take no more than the entry has reserved, whatever clients accept', () => {
    store('a', 'x'.repeat(1_000));
    const entry = cache.find('a')!;
    const body = (encoding: string, bytes: number) => ({ encoding, bytes: Buffer.alloc(bytes) });
    cache.storeEncoded(entry, `gzip, ${'a'.repeat(15_000)}`, body('gzip', 100));
    expect(entry.encoded.size).toBe(0);
    for (const n of [1, 2, 3, 4, 5, 6]) cache.storeEncoded(entry, `gzip;q=0.${n}`, body('gzip', 600));
    cache.storeEncoded(entry, 'br', body('br', 600));
    expect(new Set(entry.encoded.values()).size).toBe(1);
    expect(entry.encoded.size).toBe(4);
  });
});
