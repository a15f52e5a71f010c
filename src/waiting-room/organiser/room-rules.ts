import { z } from 'zod';

import { endOf, instant, integerBetween } from '../../catalog/index.ts';
import type { EventRow } from '../../catalog/index.ts';
import type { FieldProblem } from '../../generated/graphql.ts';

/** Each process reads all open rooms every second, 0.7 kB each, and the workers renew a lease of each. */
export const MAX_OPEN_ROOMS_PER_ORGANISER = 500;
const MAX_CAPACITY = 1_000_000;
const MAX_DAYS_AHEAD = 366;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Input rules of a room. */
export const ROOM_RULES = {
  required: {
    opensAt: instant,
    capacity: integerBetween(1, MAX_CAPACITY),
    admissionsPerMinute: integerBetween(1, MAX_CAPACITY),
    visitSeconds: integerBetween(30, 7_200),
    graceSeconds: integerBetween(10, 3_600),
    order: z.enum(['SHUFFLED', 'ARRIVAL']),
    protectsSeatMap: z.boolean(),
    keepsPlaces: z.boolean(),
    requiresChallenge: z.boolean(),
  },
  optional: {},
};

/** Problems of the opening: it must be ahead, and before the Event is over. */
export function openingProblems(opensAt: Date, event: EventRow, now: Date): FieldProblem[] {
  const problem =
    opensAt <= now
      ? 'is in the past'
      : opensAt.getTime() > now.getTime() + MAX_DAYS_AHEAD * DAY_MS
        ? 'is more than a year ahead'
        : opensAt >= endOf(event)
          ? 'is after the end of the Event'
          : null;
  return problem === null ? [] : [{ path: ['opensAt'], message: problem }];
}
