import { describe, expect, test } from 'vitest';

import { wordsIn } from '../../../bench/relevance/judged-event.ts';
import type { Rule } from '../../../bench/relevance/query-set.ts';
import { compileRule, gradeBy } from '../../../bench/relevance/rules.ts';
import { judgedEvent } from './event.ts';

const dvorak = judgedEvent({
  name: 'New York Philharmonic: Dvořák, Bartók',
  performers: ['New York Philharmonic', 'Yo-Yo Ma'],
  ...{ venue: 'サントリーホール', aliases: ['Suntory Hall'], city: 'Tokyo', country: 'JP' },
  description: 'Antonín Dvořák – Symphony No. 9, E Minor, Op.95 (From the New World)',
  ...{ genre: 'Classical', firstDay: '2026-12-04', lastDay: '2026-12-07' },
});

const holds = (rule: Rule): boolean => compileRule(rule)(dvorak);

describe('a rule', () => {
  test('compares whole words, without accents and case', () => {
    expect(wordsIn('Op.95 – Dvořák’s “K.466”, Łódź')).toEqual([
      'op',
      '95',
      'dvorak',
      's',
      'k',
      '466',
      'lodz',
    ]);
    expect(holds({ name: 'DVORAK' })).toBe(true);
    expect(holds({ description: 'op 95' })).toBe(true);
    expect(holds({ description: 'op 9' })).toBe(false);
    expect(holds({ name: 'phil' })).toBe(false);
    expect(holds({ name: 'phil*' })).toBe(true);
  });

  test('with `=` compares whole texts, each performer and alias for itself', () => {
    expect(holds({ performers: '=yo yo ma' })).toBe(true);
    expect(holds({ performers: '=ma' })).toBe(false);
    expect(holds({ performers: 'philharmonic yo yo' })).toBe(false);
    expect(holds({ venue: '=suntory hall' })).toBe(true);
    expect(holds({ venue: 'サントリーホール' })).toBe(true);
  });

  test('takes one of a list, all of `all`, and all of its fields', () => {
    expect(holds({ name: ['mozart', 'bartok'] })).toBe(true);
    expect(holds({ name: { all: ['dvorak', 'bartok'] } })).toBe(true);
    expect(holds({ name: { all: ['dvorak', 'mozart'] } })).toBe(false);
    expect(holds({ name: 'dvorak', city: 'osaka' })).toBe(false);
    expect(holds({ category: ['comedy', 'concert'], country: 'JP' })).toBe(true);
  });

  test('days of an Event overlap a range', () => {
    expect(holds({ day: '2026-12-05..2026-12-06' })).toBe(true);
    expect(holds({ day: '2026-12-07' })).toBe(true);
    expect(holds({ day: '2026-12-08' })).toBe(false);
    expect(holds({ day: '2026-12-01..2026-12-03' })).toBe(false);
  });

  test('without a word is refused', () => {
    expect(() => holds({ name: '…' })).toThrow('a rule has no words');
  });
});

test('the best grade whose rule holds counts', () => {
  const gradeOf = gradeBy({
    ...{ kind: 'exact', query: 'dvorak', known: false },
    ...{ perfect: [{ name: 'smetana' }], good: [{ name: 'dvorak' }], marginal: [{ city: 'tokyo' }] },
  });
  expect(gradeOf(dvorak)).toBe(2);
  expect(gradeOf(judgedEvent({ name: 'Dvořák and Smetana' }))).toBe(3);
  expect(gradeOf(judgedEvent({ city: 'Tokyo' }))).toBe(1);
  expect(gradeOf(judgedEvent({}))).toBe(0);
});
