import { describe, expect, test } from 'vitest';

import { readCursor, writeCursor } from '../../src/seat-map/cursors.ts';
import {
  countAvailable,
  keepLatest,
  packChanges,
  parseDelta,
  statusLetter,
} from '../../src/seat-map/encoding.ts';

test('a change takes nine bytes: place, version, status letter', () => {
  expect(packChanges([{ place: 99_999, version: 4_294_967_295, status: 'S' }]).toString('hex')).toBe(
    `0001869fffffffff${Buffer.from('S').toString('hex')}`,
  );
  expect(packChanges([])).toHaveLength(0);
});

test('deltas are parsed in the format of the scripts, also without places', () => {
  expect(parseDelta('ep 7 12 RS 3,40')).toEqual({
    epoch: 'ep',
    sequence: 7,
    available: 12,
    statuses: 'RS',
    places: [3, 40],
  });
  expect(parseDelta('ep 0 12  ')).toMatchObject({ statuses: '', places: [] });
});

test('of several changes to a place the highest version is kept, in any order', () => {
  const change = (place: number, version: number, status: string) => ({ place, version, status });
  const latest = new Map();
  for (const each of [change(1, 2, 'S'), change(2, 1, 'R'), change(1, 1, 'R'), change(2, 2, 'A')]) {
    keepLatest(latest, each);
  }
  expect([...latest.values()]).toEqual([change(1, 2, 'S'), change(2, 2, 'A')]);
});

test('every status has a letter, and an unknown one throws', () => {
  expect(['AVAILABLE', 'RESERVED', 'SOLD', 'BLOCKED'].map(statusLetter).join('')).toBe('ARSB');
  expect(() => statusLetter('EATEN')).toThrow('EATEN');
  expect(countAvailable('ARASBA')).toBe(3);
});

describe('a cursor', () => {
  test('encodes the position of a map', () => {
    const position = { epoch: 'postgres-x_Y-9', sequence: 123_456 };
    expect(readCursor(writeCursor(position), 'after')).toEqual(position);
  });

  test.each([
    '',
    'x',
    '!',
    'e 1',
    Buffer.from('e').toString('base64url'),
    Buffer.from('e -1').toString('base64url'),
    Buffer.from('e 1e3').toString('base64url'),
    Buffer.from('e 9999999999999999').toString('base64url'),
    Buffer.from('ё 1').toString('base64url'),
    `${Buffer.from('e 1').toString('base64url')}\n`,
    'a'.repeat(100_000),
  ])('cannot be %j', (text) => {
    expect(() => readCursor(text, 'after')).toThrow('after: is not a cursor of a seat map');
  });
});
