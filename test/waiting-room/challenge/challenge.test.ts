import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { checkSolution, makeChallenge } from '../../../src/waiting-room/challenge/challenge.ts';
import { attemptsFor, countOf, maxCountOf } from '../../../src/waiting-room/challenge/effort.ts';
import { fingerprintOf } from '../../../src/waiting-room/challenge/fingerprint.ts';
import { solve } from '../join/queue-client.ts';

const room = { eventId: '0199a1b2-0000-7000-8000-000000000001', generation: 1, key: randomBytes(32) };
const now = new Date('2026-11-30T20:00:00Z');
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

interface Solved {
  challenge: { parameters: Record<string, any>; signature: string };
  solution: { counter: number; derivedKey: string };
}
const solved = async (): Promise<Solved> => {
  const { challenge } = makeChallenge(room, 'fan', { attempts: 10, now });
  return JSON.parse(Buffer.from(await solve(challenge), 'base64').toString()) as Solved;
};
const check = (solution: object, { as = 'fan', of = room, at = now } = {}) =>
  checkSolution(of, as, { solution: Buffer.from(JSON.stringify(solution)).toString('base64'), now: at });

describe('a challenge', () => {
  test('that altcha-lib has solved is accepted until it expires, from the viewer and for the room alone', async () => {
    const solution = await solved();
    const accepted = {
      nonce: solution.challenge.parameters['nonce'],
      attempts: 10,
      expiresAt: inSeconds(600),
    };
    expect(check(solution)).toEqual(accepted);
    expect(check(solution, { at: inSeconds(599) })).toEqual(accepted);
    expect(check(solution, { at: inSeconds(600) })).toBeNull();
    expect(check(solution, { as: 'other' })).toBeNull();
    expect(check(solution, { of: { ...room, generation: 2 } })).toBeNull();
    expect(check(solution, { of: { ...room, eventId: room.eventId.replace(/1$/, '2') } })).toBeNull();
    expect(check(solution, { of: { ...room, key: randomBytes(32) } })).toBeNull();
  });

  test('tells an attacker nothing of the key beyond what it publishes', () => {
    const { parameters } = JSON.parse(makeChallenge(room, 'fan', { attempts: 10, now }).challenge) as {
      parameters: Record<string, string>;
    };
    expect(Object.keys(parameters).sort()).toEqual(
      [
        'algorithm',
        'cost',
        'data',
        'expiresAt',
        'keyLength',
        'keyPrefix',
        'keySignature',
        'nonce',
        'salt',
      ].sort(),
    );
    expect(parameters['keyPrefix']).toHaveLength(32); // half of the key
  });

  test.each<[string, (solution: Solved) => void]>([
    ['an expiry that is later', ({ challenge }) => (challenge.parameters['expiresAt'] += 1)],
    ['fewer attempts', ({ challenge }) => (challenge.parameters['data'] = { attempts: 1 })],
    ['digits moved from the expiry to the nonce', splice],
    ['another salt', ({ challenge }) => (challenge.parameters['salt'] = '0'.repeat(32))],
    ['another prefix', ({ challenge }) => (challenge.parameters['keyPrefix'] = '0'.repeat(32))],
    ['another signature', ({ challenge }) => (challenge.signature = 'A'.repeat(22))],
    [
      'another signature of the key',
      ({ challenge }) => (challenge.parameters['keySignature'] = 'A'.repeat(22)),
    ],
    [
      'the prefix as key',
      ({ challenge, solution }) => (solution.derivedKey = challenge.parameters['keyPrefix']),
    ],
    [
      'another key',
      ({ solution }) =>
        (solution.derivedKey = solution.derivedKey.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))),
    ],
    ['a number as key', ({ solution }) => Object.assign(solution, { derivedKey: 7 })],
    ['no challenge', (solution) => Object.assign(solution, { challenge: null })],
  ])('with %s is refused', async (_what, alter) => {
    const solution = await solved();
    alter(solution);
    expect(check(solution)).toBeNull();
  });

  function splice({ challenge: { parameters } }: Solved) {
    const text = String(parameters['expiresAt']);
    parameters['nonce'] = text.slice(-1) + String(parameters['nonce']).slice(0, -1);
    parameters['expiresAt'] = Number(text.slice(0, -1));
  }

  test('is solved within its attempts, and not always by the first', async () => {
    const counters = [];
    for (let run = 0; run < 20; run++) counters.push((await solved()).solution.counter);
    expect(Math.max(...counters)).toBeLessThan(10);
    expect(new Set(counters).size).toBeGreaterThan(1);
  });
});

describe('the effort', () => {
  test('is flat for a family, rises with a farm, and has a cap', () => {
    const attempts = [0, 1, 8, 9, 16, 64, 128, 255].map((count) => attemptsFor(count, 1_000));
    expect(attempts).toEqual([1_000, 1_000, 1_000, 1_125, 2_000, 8_000, 16_000, 16_000]);
  });

  test('follows the entries of a device, a quarter of those of its address, a fortieth of those of its /48', () => {
    expect(countOf({ device: 3, address: 3, network: 3 })).toBe(3);
    expect(countOf({ device: 1, address: 40, network: 40 })).toBe(10);
    expect(countOf({ device: 1, address: 1, network: 400 })).toBe(10);
    expect(countOf({ device: 255, address: 255, network: 65_535 })).toBe(255);
  });

  test('of a challenge is enough for twice the count that it was made for, and at the cap for all', () => {
    for (const count of [0, 8, 20, 100]) {
      expect(maxCountOf(attemptsFor(count, 5_000), 5_000)).toBeGreaterThanOrEqual(2 * count);
    }
    expect(maxCountOf(1_000, 1_000)).toBe(16);
    expect(maxCountOf(attemptsFor(128, 1_000), 1_000)).toBe(255);
    expect(maxCountOf(attemptsFor(1, 1), 1)).toBe(16); // the lowest that can be set
  });
});

describe('a fingerprint', () => {
  const headers = ['User-Agent', 'Browser 1', 'Accept', '*/*', 'Authorization', 'Bearer a'];
  const client = { address: '2001:db8:0:1::1', rawHeaders: headers };
  const deviceOf = (change: object, of: { key: Buffer } = room) =>
    fingerprintOf(of, { ...client, ...change }).device.toString('hex');
  const same = deviceOf({});

  test('is that of the order, names and values of headers, at one network', () => {
    expect(deviceOf({ address: '2001:db8:0:1::2' })).toBe(same);
    expect(deviceOf({ rawHeaders: [...headers.slice(0, 5), 'Bearer b'] })).toBe(same); // of another viewer
    const [agent, browser, accept, all] = headers;
    for (const rawHeaders of [
      [accept, all, agent, browser],
      ['user-agent', browser, accept, all],
      headers.slice(2),
    ])
      expect(deviceOf({ rawHeaders })).not.toBe(same);
    expect(deviceOf({ address: '2001:db8:0:2::1' })).not.toBe(same);
  });

  test('of another Event cannot be joined with it', () => {
    expect(deviceOf({}, { key: randomBytes(32) })).not.toBe(same);
  });

  test('reads no more than a browser sends', () => {
    const many = [...Array(5_000).keys()].flatMap((name) => [`x-${name}`, 'v'.repeat(1_000)]);
    const more = [...many];
    more[90] = 'beyond the limit';
    expect(deviceOf({ rawHeaders: more })).toBe(deviceOf({ rawHeaders: many }));
  });
});
