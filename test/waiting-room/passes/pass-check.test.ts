import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { EndedVisits } from '../../../src/waiting-room/passes/ended-visits.ts';
import { PassCheck } from '../../../src/waiting-room/passes/pass-check.ts';
import { PostgresClock } from '../../../src/waiting-room/passes/postgres-clock.ts';
import { VerifiedPasses } from '../../../src/waiting-room/passes/verified-passes.ts';
import { PASS_GRACE_SECONDS, writePass } from '../../../src/waiting-room/tokens/passes.ts';
import * as signatures from '../../../src/waiting-room/tokens/signatures.ts';
import { advance } from '../../support/clock.ts';

vi.mock(import('../../../src/waiting-room/tokens/signatures.ts'), { spy: true }); // it runs as it is; calls are counted

const HOUR_MS = 3_600_000;
const NOW = Date.parse('2027-01-01T00:00:00Z');
const room = { eventId: '01900000-0000-7000-8000-000000000001', generation: 2, key: randomBytes(32) };
const endsAt = new Date(NOW + 60_000);
const pass = writePass(room, 'ana', { place: 7, endsAt });

let monotonicMs: number;
let ended: EndedVisits;
let verified: VerifiedPasses;
let check: PassCheck;
beforeEach(async () => {
  monotonicMs = 5_000;
  const clock = new PostgresClock(() => monotonicMs);
  await clock.measure(async () => new Date(NOW));
  ended = new EndedVisits();
  verified = new VerifiedPasses(100);
  check = new PassCheck(clock, ended, verified);
});
afterEach(() => vi.useRealTimers());

const admits = (passes: readonly string[] = [pass], viewer = 'ana', at = room) => {
  const first = check.isAdmitted(at, viewer, passes);
  expect(check.isAdmitted(at, viewer, passes)).toBe(first); // remembered or not
  return first;
};
const end = (place: number, of = room) =>
  ended.add({ ...of, place, passExpiresAt: endsAt.getTime() / 1_000 + PASS_GRACE_SECONDS });

test('a pass admits its viewer to its room', () => {
  expect(admits()).toBe(true);
});

describe('refused is a pass', () => {
  test('of another viewer, also once it is remembered', () => {
    expect(admits([pass], 'ben')).toBe(false);
    expect(admits()).toBe(true);
    expect(admits([pass], 'ben')).toBe(false);
  });

  test.each([
    ['another Event', { eventId: '01900000-0000-7000-8000-000000000002' }],
    ['another generation', { generation: 3 }],
    ['an earlier generation', { generation: 1 }],
    ['a room with another key', { key: randomBytes(32) }],
  ])('of %s', (_what, difference) => {
    const other = { ...room, ...difference };
    expect(admits([writePass(other, 'ana', { place: 7, endsAt })])).toBe(false);
  });

  test('at another room of the Event once it is remembered', () => {
    expect(admits()).toBe(true);
    expect(admits([pass], 'ana', { ...room, generation: 3 })).toBe(false);
    expect(admits([pass], 'ana', { ...room, eventId: '01900000-0000-7000-8000-000000000002' })).toBe(false);
  });

  test('that is forged or altered', () => {
    const altered = [pass.replace('.7.', '.8.'), pass.replace('p1.2.', 'p1.1.'), `${pass.slice(0, -2)}AA`];
    for (const text of [...altered, '', 'p1', `${pass} `, 'p1.2.7.99999999999.AAAAAAAAAAAAAAAAAAAAAA'])
      expect(admits([text])).toBe(false);
    expect(verified.size).toBe(0);
  });

  test('whose visit has ended, and no other', () => {
    const eighth = writePass(room, 'ana', { place: 8, endsAt });
    expect(admits()).toBe(true);
    end(7);
    expect(admits()).toBe(false);
    expect(admits([eighth])).toBe(true);
    expect(admits([pass, eighth])).toBe(true); // admitted again after the first visit
  });

  test('for an end in another generation', () => {
    end(7, { ...room, generation: 1 });
    expect(admits()).toBe(true);
  });

  test('that has expired by the clock of Postgres, whatever that of this machine says', () => {
    advance(NOW + HOUR_MS - Date.now()); // an hour ahead
    expect(admits()).toBe(true);
    monotonicMs += 60_000 + PASS_GRACE_SECONDS * 1_000 - 1;
    expect(admits()).toBe(true);
    advance(-2 * HOUR_MS); // an hour behind
    monotonicMs += 1;
    expect(admits()).toBe(false);
  });
});

test('a viewer was admitted by a pass that admits no more, and not by that of another', () => {
  end(7);
  monotonicMs += HOUR_MS;
  expect(check.isAdmitted(room, 'ana', [pass])).toBe(false);
  expect(check.wasAdmitted(room, 'ana', [pass])).toBe(true);
  expect(check.wasAdmitted(room, 'ben', [pass])).toBe(false);
  expect(check.wasAdmitted(room, 'ana', [])).toBe(false);
});

test('a repeat takes no HMAC, also of nine passes for other rooms', () => {
  const others = Array.from({ length: 9 }, (_, index) => ({ ...room, eventId: `event ${index}` }));
  const passes = [...others.map((other) => writePass(other, 'ana', { place: 1, endsAt })), pass];
  for (const other of [...others, room]) expect(check.isAdmitted(other, 'ana', passes)).toBe(true);
  vi.mocked(signatures.sign).mockClear();
  for (const other of [...others, room]) expect(check.isAdmitted(other, 'ana', passes)).toBe(true);
  expect(signatures.sign).not.toHaveBeenCalled();
});

test('no more passes are remembered than fit, and none that is not valid', () => {
  for (let place = 1; place <= 200; place++) {
    expect(check.isAdmitted(room, 'ana', [writePass(room, 'ana', { place, endsAt })])).toBe(true);
    expect(check.isAdmitted(room, 'ana', [writePass(room, 'ben', { place, endsAt })])).toBe(false);
  }
  expect(verified.size).toBe(100);
});
