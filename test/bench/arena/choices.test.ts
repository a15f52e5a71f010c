import { expect, test } from 'vitest';

import { choicesOf } from '../../../bench/arena/crowd/choices.ts';
import { readArenaOptions } from '../../../bench/arena/options.ts';

const peopleOf = (args: string[]) => {
  const { choices } = readArenaOptions(args);
  return Array.from({ length: choices.people }, (_, person) => choicesOf(person, choices));
};

test('a seed decides what people do, and another seed decides otherwise', () => {
  expect(peopleOf(['--people', '500'])).toEqual(peopleOf(['--people', '500', '--seed', '7']));
  expect(peopleOf(['--people', '500'])).not.toEqual(peopleOf(['--people', '500', '--seed', '8']));
});

test('as many subscribe as was asked for, and at least 10,000 of 200,000', () => {
  const sockets = (args: string[]) => peopleOf(args).filter(({ watches }) => watches === 'socket').length;
  expect(sockets(['--people', '500', '--sockets', '123'])).toBe(123);
  expect(readArenaOptions(['--people', '200000']).choices.sockets).toBeGreaterThan(10_000);
});
