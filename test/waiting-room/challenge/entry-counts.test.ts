import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { attemptsFor, countOf, maxCountOf } from '../../../src/waiting-room/challenge/effort.ts';
import { readCounts, spendChallenge } from '../../../src/waiting-room/challenge/entry-counts.ts';
import { fingerprintOf } from '../../../src/waiting-room/challenge/fingerprint.ts';
import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { eventually } from '../../support/wait-until.ts';

let live: LivePlatform;
beforeAll(async () => {
  live = await openLivePlatform({ commandMs: 10_000 });
  const { redis } = live.platform;
  await eventually('Redis is connected', () => redis.attempt('test', 'test', false, async () => true));
});
afterAll(() => live[Symbol.asyncDispose]());

const BASE = 1_000;
const now = new Date('2026-11-30T20:00:00Z');

function openRoom() {
  const room = { eventId: randomUUID(), generation: 1, key: randomBytes(32) };
  const fingerprint = (address: string) => fingerprintOf(room, { address, rawHeaders: [] });
  return {
    effort: async (address: string) =>
      attemptsFor(countOf(await readCounts(live.platform, room, fingerprint(address))), BASE),
    spend: (address: string, attempts = BASE) =>
      spendChallenge(live.platform, room, {
        challenge: { nonce: randomUUID(), attempts, expiresAt: new Date(now.getTime() + 600_000) },
        fingerprint: fingerprint(address),
        maxCount: maxCountOf(attempts, BASE),
        now,
      }),
  };
}

test('a farm with a /64 for each entry pays from 320 entries of its /48 on; other networks do not', async () => {
  const { effort, spend } = openRoom();
  const addressOf = (entry: number) => `2001:db8:7:${entry.toString(16)}::1`;
  for (let entry = 0; entry < 320; entry++) expect(await spend(addressOf(entry))).toBe('accepted');
  expect(await effort(addressOf(999))).toBe(BASE);
  for (let entry = 320; entry < 680; entry++) expect(await spend(addressOf(entry))).toBe('accepted');
  expect(await effort(addressOf(999))).toBe((BASE * 17) / 8);
  expect(await spend(addressOf(999))).toBe('outgrown');
  expect(await spend(addressOf(999), (BASE * 17) / 8)).toBe('accepted');
  for (const other of ['2001:db8:8::1', '192.0.2.1']) expect(await effort(other)).toBe(BASE);
});

test('entries of IPv4 addresses count by address alone', async () => {
  const { effort, spend } = openRoom();
  for (let entry = 0; entry < 9; entry++) expect(await spend('192.0.2.1')).toBe('accepted');
  expect(await effort('192.0.2.1')).toBe((BASE * 9) / 8);
  expect(await effort('192.0.2.2')).toBe(BASE);
});
