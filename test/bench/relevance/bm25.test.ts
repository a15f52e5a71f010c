import { expect, test } from 'vitest';

import { openBm25 } from '../../../bench/relevance/bm25.ts';
import { judgedEvent } from './event.ts';

test('the baseline ranks rare words and short texts first, and finds whole words alone', () => {
  const search = openBm25([
    judgedEvent({ id: 'long', name: 'Mahler', description: 'a very long evening of songs and symphonies' }),
    judgedEvent({ id: 'short', name: 'Mahler' }),
    judgedEvent({ id: 'rare', name: 'Mahler', venue: 'Carnegie Hall' }),
    judgedEvent({ id: 'none', name: 'Haydn' }),
  ]);
  expect(search('mahler')).toEqual(['short', 'rare', 'long']);
  expect(search('mahler carnegie')[0]).toBe('rare');
  expect(search('mahl')).toEqual([]);
});
