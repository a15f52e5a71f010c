import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { forgetRoom } from '../../../src/waiting-room/admission/forget-room.ts';
import { attemptsFor, countOf, maxCountOf } from '../../../src/waiting-room/challenge/effort.ts';
import { readCounts, spendChallenge } from '../../../src/waiting-room/challenge/entry-counts.ts';
import { fingerprintOf } from '../../../src/waiting-room/challenge/fingerprint.ts';
import { challengeKeys } from '../../../src/waiting-room/challenge/keys.ts';
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
  const { redis } = live.platform;
  const keys = challengeKeys(redis.prefix, room);
  return {
    /** As the line of the room begins, and as it is deleted. */
    begin: async () => void (await redis.connection!.hset(keys.line, { stage: 'arrivals' })),
    forget: () => forgetRoom(live.platform, room),
    hasCounts: async () => (await redis.connection!.exists(keys.counts)) === 1,
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
  const { effort, spend, begin } = openRoom();
  await begin();
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
  const { effort, spend, begin } = openRoom();
  await begin();
  for (let entry = 0; entry < 9; entry++) expect(await spend('192.0.2.1')).toBe('accepted');
  expect(await effort('192.0.2.1')).toBe((BASE * 9) / 8);
  expect(await effort('192.0.2.2')).toBe(BASE);
});

test('a room that is closed takes no memory for counts, also of a join that is under way', async () => {
  const { spend, begin, forget, hasCounts } = openRoom();
  await begin();
  expect(await spend('192.0.2.1')).toBe('accepted');
  expect(await hasCounts()).toBe(true);
  await forget();
  expect(await hasCounts()).toBe(false);
  expect(await spend('192.0.2.1')).toBeNull();
  expect(await hasCounts()).toBe(false);
});
