import { describe, expect, test } from 'vitest';

import type { Admission, Evidence, Rule, Stay, TicketChange } from '../../../bench/arena/evidence.ts';
import { judge, STALE } from '../../../bench/arena/judge/judge.ts';

const START = Date.parse('2027-01-01T12:00:00Z');
const at = (seconds: number): number => START + seconds * 1_000;
const entry = (place: number): string => `entry-${place}`;

const admission = (place: number, seconds: number, endedAfter = 10): Admission => ({
  ...{ place, entry: entry(place), admittedAt: at(seconds), visitEndsAt: at(seconds + 30) },
  endedAt: at(seconds + endedAfter),
});
const stay = (place: number, changes: Partial<Stay> = {}): Stay => ({
  ...{ entry: entry(place), place, heardAt: at(100), leftAt: null, goneAt: null, toldAt: null },
  ...{ subscribedAt: null, firstRange: null },
  ...changes,
});
const change = (
  seconds: number,
  place: number,
  [from, to]: [string, string],
  [fromReservation, toReservation]: [string | null, string | null],
): TicketChange => ({
  ...{ at: at(seconds), place, from, to, fromReservation, toReservation },
  fromHeldUntil: from === 'RESERVED' ? at(seconds + 30) : null,
});

/** Four places, three seats: one place was given up, and the others bought a seat each. */
function honestSale(changes: Partial<Evidence> = {}): Evidence {
  const buyers = [1, 2, 4];
  return {
    room: { opensAt: START, capacity: 2, perMinute: 60, burst: 5, graceMs: 30_000 },
    order: [1, 2, 3, 4].map(entry),
    drawProblems: [],
    seats: 3,
    sold: 3,
    admissions: [admission(1, 1), admission(2, 2), admission(4, 12)],
    ticketChanges: buyers.flatMap((buyer, seat) => [
      change([2, 3, 13][seat]!, seat, ['AVAILABLE', 'RESERVED'], [null, `r${buyer}`]),
      change([5, 6, 16][seat]!, seat, ['RESERVED', 'SOLD'], [`r${buyer}`, `r${buyer}`]),
    ]),
    holders: new Map(buyers.map((buyer) => [`r${buyer}`, entry(buyer)])),
    samples: [0, 5, 10, 15, 20, 25].map((seconds) => ({
      ...{ at: at(seconds), waiting: 0, isSoldOut: seconds > 15, inside: 1, visits: 1, available: 1 },
    })),
    stays: [stay(1), stay(2), stay(3, { leftAt: at(4), heardAt: at(4), goneAt: at(9) }), stay(4)],
    receipts: buyers.map((buyer, seat) => ({ entry: entry(buyer), places: [seat] })),
    passUses: [],
    moves: [],
    complaints: [],
    ...changes,
  };
}

const brokenBy = (changes: Partial<Evidence>): Rule[] => [
  ...new Set(judge(honestSale(changes)).map(({ rule }) => rule)),
];

test('an honest sale breaks no rule', () => {
  expect(judge(honestSale())).toEqual([]);
});

test('who joins again after the visit ran out has another place', () => {
  expect(brokenBy({ moves: [{ entry: entry(1), from: 1, to: 9, at: at(12) }] })).toEqual([]);
});

test('a pass admits until the job of a purchase has ended its visit', () => {
  expect(brokenBy({ passUses: [{ entry: entry(1), at: at(15) }] })).toEqual([]);
});

describe('the judge finds', () => {
  const [first, second, fourth] = honestSale().admissions as [Admission, Admission, Admission];
  const stays = honestSale().stays;

  test.each<[string, Rule, Partial<Evidence>]>([
    ['a seat that was not sold', 'soldOut', { sold: 2, receipts: honestSale().receipts.slice(1) }],
    [
      'an admission beyond rate and burst after the opening',
      'rate',
      {
        admissions: [1, 2, 4].map((place) => admission(place, 1, 0)),
        room: { ...honestSale().room, burst: 1 },
      },
    ],
    [
      'a burst that is too large in the middle',
      'rate',
      {
        admissions: Array.from({ length: 7 }, (_, index) => admission(index + 1, 12, 0)),
        order: null,
        room: { ...honestSale().room, capacity: 10 },
      },
    ],
    ['a draw that does not verify', 'order', { order: null, drawProblems: ['the list is not sorted'] }],
    ['two places that were swapped', 'order', { order: [1, 4, 3, 2].map(entry) }],
    [
      'a place that was admitted before a lower one',
      'order',
      { admissions: [{ ...first, admittedAt: at(2.5) }, second, fourth] },
    ],
    ['a waiter who was passed over', 'order', { stays: stays.with(2, stay(3)) }],
    [
      'a late arrival that got the place of another one',
      'order',
      { order: [1, 2, 3].map(entry), stays: stays.with(3, stay(4, { entry: 'another' })) },
    ],
    [
      'a waiter whose place got lost',
      'order',
      { stays: [...stays, stay(9, { heardAt: at(10), goneAt: at(20) })] },
    ],
    ['a pass that admitted after the visit', 'places', { passUses: [{ entry: entry(1), at: at(17) }] }],
    ['a place that moved', 'places', { moves: [{ entry: entry(3), from: 3, to: 9, at: at(20) }] }],
    [
      'a place that moved during its visit',
      'places',
      { moves: [{ entry: entry(1), from: 1, to: 9, at: at(10) }] },
    ],
    ['an entry that became another', 'places', { complaints: ['entry-1 became the entry entry-2'] }],
    ['more inside than the capacity', 'capacity', { room: { ...honestSale().room, capacity: 1 } }],
    ['a visit that did not end', 'slots', { admissions: [first, second, { ...fourth, endedAt: at(60) }] }],
    [
      'a slot without a visit',
      'slots',
      { samples: honestSale().samples.map((sample) => ({ ...sample, inside: 2 })) },
    ],
    [
      'a line that stands though there is a slot and a ticket',
      'slots',
      {
        samples: [20, 25, 30, 35, 40].map((s) => ({
          ...honestSale().samples[0]!,
          at: at(s),
          waiting: 1,
          available: 2,
        })),
      },
    ],
    ['an admission without a ticket', 'stock', { admissions: [first, second, admission(3, 14), fourth] }],
    [
      'an admission after the last ticket',
      'stock',
      { admissions: [first, second, fourth, admission(5, 40)] },
    ],
    [
      'a seat with two receipts',
      'seats',
      { receipts: [...honestSale().receipts, { entry: 'another', places: [2] }] },
    ],
    [
      'a seat that was sold and sold again',
      'seats',
      { ticketChanges: [...honestSale().ticketChanges, change(20, 0, ['SOLD', 'SOLD'], ['r1', 'r9'])] },
    ],
    [
      'a hold that was taken away',
      'seats',
      {
        ticketChanges: [...honestSale().ticketChanges, change(20, 0, ['RESERVED', 'RESERVED'], ['r1', 'r9'])],
      },
    ],
    [
      'a subscription that was told late',
      'freshness',
      { stays: stays.with(3, stay(4, { subscribedAt: at(1), toldAt: at(23) })) },
    ],
    ['a subscription that lagged behind', 'freshness', { complaints: [`${STALE}person-1 still waits`] }],
    [
      'estimates that were wrong',
      'estimates',
      { stays: stays.with(3, stay(4, { firstRange: { at: at(2), min: 12, max: 20 } })) },
    ],
  ])('%s', (_what, rule, changes) => {
    expect(brokenBy(changes)).toContain(rule);
  });

  test('nothing wrong in a waiter who was silent for longer than the grace', () => {
    const silent = stay(3, { heardAt: at(-25), goneAt: at(9) });
    expect(brokenBy({ stays: stays.with(2, silent) })).toEqual([]);
  });
});
