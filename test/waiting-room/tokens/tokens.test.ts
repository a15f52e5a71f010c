import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  ENTRY_LENGTH,
  entryOf,
  readEntryToken,
  writeEntryToken,
} from '../../../src/waiting-room/tokens/entries.ts';
import {
  isPassOf,
  parsePass,
  PASS_GRACE_SECONDS,
  writePass,
} from '../../../src/waiting-room/tokens/passes.ts';

const room = { eventId: '01900000-0000-7000-8000-000000000001', generation: 1, key: randomBytes(32) };
const OTHERS = {
  'another Event': { ...room, eventId: '01900000-0000-7000-8000-000000000002' },
  'another generation': { ...room, generation: 2 },
  'another key': { ...room, key: randomBytes(32) },
};
const endsAt = new Date('2027-01-01T00:00:00Z');
const pass = writePass(room, 'ana', { place: 7, endsAt });

test('a viewer has one entry in a room, and another one in each other room', () => {
  expect(entryOf(room, 'ana')).toBe(entryOf({ ...room }, 'ana'));
  expect(entryOf(room, 'ana')).toHaveLength(ENTRY_LENGTH);
  const all = [entryOf(room, 'ben'), ...Object.values(OTHERS).map((other) => entryOf(other, 'ana'))];
  expect(new Set([entryOf(room, 'ana'), ...all]).size).toBe(5);
});

describe('an entry token', () => {
  test.each([null, 1, 1_000_000])('carries the place %s', (place) => {
    expect(readEntryToken(room, 'ana', writeEntryToken(room, 'ana', { place }))).toEqual({ place });
  });

  test('is another’s for other viewers and rooms', () => {
    const token = writeEntryToken(room, 'ana', { place: 7 });
    expect(readEntryToken(room, 'ben', token)).toBeNull();
    for (const other of Object.values(OTHERS)) expect(readEntryToken(other, 'ana', token)).toBeNull();
  });

  test('of which one character differs is none', () => {
    const token = writeEntryToken(room, 'ana', { place: 7 });
    const last = token.length - 1; // its last character has four bits that mean nothing
    for (let at = 0; at < last; at++) {
      const altered = token.slice(0, at) + (token[at] === '1' ? '2' : '1') + token.slice(at + 1);
      expect(readEntryToken(room, 'ana', altered)).toBeNull();
    }
  });

  test('is no text of a stranger', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(readEntryToken(room, 'ana', text)).toBeNull();
        expect(parsePass(text)).toBeNull();
      }),
    );
  });
});

describe('a pass', () => {
  test('is its viewer’s in its room, and outlives the visit', () => {
    const parsed = parsePass(pass)!;
    expect(parsed).toMatchObject({
      generation: 1,
      place: 7,
      expiresAt: endsAt.getTime() / 1_000 + PASS_GRACE_SECONDS,
    });
    expect(isPassOf(room, 'ana', parsed)).toBe(true);
    expect(isPassOf(room, 'ben', parsed)).toBe(false);
    for (const other of Object.values(OTHERS)) expect(isPassOf(other, 'ana', parsed)).toBe(false);
  });

  test.each([
    ['place', pass.replace('.7.', '.8.')],
    ['expiry', pass.replace(/\.(\d{10})\./, (_, seconds: string) => `.${Number(seconds) + 1}.`)],
    ['generation', pass.replace('p1.1.', 'p1.2.')],
    ['signature', pass.replace(/\.[\w-]{22}$/, `.${'A'.repeat(22)}`)],
  ])('with another %s is none', (_what, altered) => {
    expect(altered).not.toBe(pass);
    expect(isPassOf(room, 'ana', parsePass(altered)!)).toBe(false);
  });

  test('is no entry token, and the other way round', () => {
    const token = writeEntryToken(room, 'ana', { place: 7 });
    expect(parsePass(token)).toBeNull();
    expect(readEntryToken(room, 'ana', pass)).toBeNull();
  });
});
