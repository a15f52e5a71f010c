import { describe, expect, test } from 'vitest';

import { choicesOf } from '../../../bench/arena/crowd/choices.ts';
import { LineHistory } from '../../../bench/arena/crowd/line-history.ts';
import { Person, type Position } from '../../../bench/arena/crowd/person.ts';
import type { Move, Stay } from '../../../bench/arena/evidence.ts';
import { EntryWatch } from '../../../bench/arena/judge/entry-watch.ts';
import { staleness } from '../../../bench/arena/judge/freshness.ts';

describe('an entry', () => {
  const seen = { entry: 'mine', place: 7, state: 'WAITING', peopleAhead: 6 };

  test('may come closer, be gone, and say nothing', () => {
    const watch = new EntryWatch();
    const answers = [
      { ...seen, place: null, state: 'BEFORE_OPENING', peopleAhead: null },
      seen,
      { ...seen, peopleAhead: 3 },
      { entry: 'mine', place: null, state: 'GONE', peopleAhead: null },
    ];
    expect(answers.flatMap((answer) => watch.see(answer))).toEqual([]);
  });

  test.each([
    ['become another', { ...seen, entry: 'another' }],
    ['move', { ...seen, place: 8 }],
    ['have more people ahead', { ...seen, peopleAhead: 7 }],
    ['be before the opening again', { ...seen, state: 'BEFORE_OPENING' }],
  ])('may not %s', (_what, answer) => {
    const watch = new EntryWatch();
    watch.see(seen);
    expect(watch.see(answer)).toHaveLength(1);
  });
});

describe('a person who joins again', () => {
  const answer = (place: number): Position => ({
    ...{ entry: 'mine', place, state: 'WAITING', token: null, pass: null, visitEndsAt: null },
    ...{ peopleAhead: null, minWaitSeconds: null, maxWaitSeconds: null },
  });
  function joinedAgain(place: number) {
    const complaints: string[] = [];
    const stays: Stay[] = [];
    const moves: Move[] = [];
    const crowd = {
      begin(entry: string) {
        const stay: Stay = {
          ...{ entry, place: null, heardAt: 0, leftAt: null, goneAt: null, toldAt: null },
          ...{ subscribedAt: null, firstRange: null },
        };
        stays.push(stay);
        return stay;
      },
      complain: (what: string) => complaints.push(what),
      moves,
      sign: () => '',
      wasGivenUp: (given: number) => given === 5,
    };
    const options = { seed: 1, people: 9, sockets: 1, earlyShare: 1, earlyMs: 1, lateMs: 1 };
    const choices = choicesOf(1, { ...options, maxThinkMs: 1, patienceMs: 1 });
    const person = new Person(crowd, 1, choices);
    person.note(answer(place), 1_000);
    person.note(answer(9), 2_000);
    return { complaints, moves, stays };
  }

  test('has a second stay after the place was given up', () => {
    const { complaints, moves, stays } = joinedAgain(5);
    expect({ complaints, moves }).toEqual({ complaints: [], moves: [] });
    expect(stays).toMatchObject([
      { place: 5, goneAt: 2_000 },
      { place: 9, goneAt: null },
    ]);
  });

  test('otherwise has moved, which the judge is told', () => {
    expect(joinedAgain(4).moves).toEqual([{ entry: 'mine', from: 4, to: 9, at: 2_000 }]);
  });
});

describe('a subscription', () => {
  const message = (head: number, gone: number[] = [], isSoldOut = false) =>
    JSON.stringify({ head, gone, isSoldOut });
  function historyAt(now: number) {
    const history = new LineHistory();
    history.onMessage(message(2), 1_000);
    history.onMessage(message(3, [5]), 2_000);
    history.onMessage(message(4, [], true), 3_000);
    return { history, thenMs: history.moveTo(now) };
  }
  const check = (now: number, shown: { place: number | null; state: string; peopleAhead: number | null }) => {
    const { history, thenMs } = historyAt(now);
    return staleness(shown, history, thenMs);
  };

  test('may lag ten seconds behind the line', () => {
    expect(check(10_999, { place: null, state: 'BEFORE_OPENING', peopleAhead: null })).toBeNull();
    expect(check(11_999, { place: 7, state: 'WAITING', peopleAhead: 4 })).toBeNull();
    expect(check(12_999, { place: 7, state: 'WAITING', peopleAhead: 2 })).toBeNull();
    expect(check(13_000, { place: 7, state: 'SOLD_OUT', peopleAhead: 1 })).toBeNull();
  });

  test.each([
    ['has no place after the opening', 11_000, { place: null, state: 'BEFORE_OPENING', peopleAhead: null }],
    ['waits though the head has passed', 13_000, { place: 4, state: 'SOLD_OUT', peopleAhead: 0 }],
    ['waits though its place was given up', 12_000, { place: 5, state: 'WAITING', peopleAhead: 1 }],
    ['counts one who was given up', 12_000, { place: 7, state: 'WAITING', peopleAhead: 3 }],
    ['does not say that the Event is sold out', 13_000, { place: 7, state: 'WAITING', peopleAhead: 1 }],
  ])('is stale if it %s', (_what, now, shown) => {
    expect(check(now, shown)).not.toBeNull();
  });
});
