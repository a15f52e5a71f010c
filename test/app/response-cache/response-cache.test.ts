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

function keep(key: string, ...of: Parameters<typeof response>): void {
  const making = cache.begin(key);
  making.store(response(...of));
  making.end();
}

const found = (key: string): string | undefined => cache.find(key)?.body;

describe('an answer is found again', () => {
  test('until something changes that it was made of', () => {
    keep('a', 'of both', { tags: ['Event:1', 'Venue:1'] });
    keep('b', 'of the Venue', { tags: ['Venue:1'] });
    keep('c', 'of another', { tags: ['Event:2'] });
    cache.evict(['Event:1', 'Event:9']);
    expect([found('a'), found('b'), found('c')]).toEqual([undefined, 'of the Venue', 'of another']);
    cache.evict(['Venue:1']);
    expect([found('b'), found('c')]).toEqual([undefined, 'of another']);
  });

  test('until nobody knows what has changed', () => {
    keep('a', 'one');
    cache.evictAll();
    expect(found('a')).toBeUndefined();
  });

  test('until it is too old', () => {
    keep('a', 'one', { maxAgeSeconds: 0 });
    expect(found('a')).toBeUndefined();
  });

  test('while there is room', () => {
    for (let index = 0; index < 100; index++) keep(`key ${index}`, 'x'.repeat(20_000), { tags: ['Event:1'] });
    expect(found('key 0')).toBeUndefined();
    expect(found('key 99')).toHaveLength(20_000);
    cache.evict(['Event:1']);
    expect(found('key 99')).toBeUndefined();
  });

  test('unless it is so large that it would drive out too many others', () => {
    keep('small', 'one');
    keep('large', 'x'.repeat(100_000));
    expect([found('small'), found('large')]).toEqual(['one', undefined]);
  });

  test('never, where nothing is to be kept', () => {
    cache = new ResponseCache(0, metrics);
    keep('a', 'one');
    expect(cache.isOff).toBe(true);
    expect(found('a')).toBeUndefined();
  });
});

describe('while an answer is being made', () => {
  test('a change of what it is made of keeps it from being kept', () => {
    const making = cache.begin('a');
    cache.evict(['Event:1']);
    making.store(response('read before the change', { tags: ['Event:1'] }));
    making.end();
    expect(found('a')).toBeUndefined();
  });

  test('a change of something else does not', () => {
    const making = cache.begin('a');
    cache.evict(['Event:2']);
    making.store(response('one', { tags: ['Event:1'] }));
    making.end();
    expect(found('a')).toBe('one');
  });

  test('a change of who knows what does', () => {
    const making = cache.begin('a');
    cache.evictAll();
    making.store(response('one'));
    making.end();
    expect(found('a')).toBeUndefined();
  });

  test('whoever asks for the same waits for it, if everybody may have it', async () => {
    keep('a', 'old', { tags: ['Event:1'] });
    cache.evict(['Event:1']);
    const making = cache.begin('a');
    const awaited = cache.inFlight('a');
    making.store(response('new'));
    making.end();
    expect((await awaited)?.body).toBe('new');
    expect(cache.inFlight('a')).toBeNull();
  });

  test('whoever waits in vain is told so', async () => {
    keep('a', 'old', { tags: ['Event:1'] });
    cache.evict(['Event:1']);
    const making = cache.begin('a');
    const awaited = cache.inFlight('a');
    making.end();
    expect(await awaited).toBeNull();
  });

  test('nobody waits for one that may be for one viewer alone', () => {
    cache.begin('a');
    expect(cache.inFlight('a')).toBeNull();
  });

  test('nobody who asks after a change waits for what was read before it', () => {
    keep('a', 'old', { tags: ['Event:1'] });
    cache.evict(['Event:1']);
    cache.begin('a');
    cache.evict(['Event:1']);
    expect(cache.inFlight('a')).toBeNull();
  });
});
