import type { Admission, Move } from '../evidence.ts';
import { timeOf } from './admissions.ts';

/** Entries that lost a place to another one, though they had not been admitted with the first and had their visit. */
export const movedInLine = (
  moves: readonly Move[],
  admissions: readonly Pick<Admission, 'entry' | 'place' | 'endedAt'>[],
): string[] =>
  moves
    .filter(
      ({ entry, from, at }) =>
        !admissions.some(
          (visit) =>
            visit.entry === entry && visit.place === from && visit.endedAt !== null && visit.endedAt <= at,
        ),
    )
    .map(({ entry, from, to, at }) => `${entry} moved from ${from} to ${to} at ${timeOf(at)}`);
