import type { FieldProblem } from '../../generated/graphql.ts';
import { ASSUMED_DURATION_HOURS, endOf } from '../store/event-period.ts';
import type { EventRow } from '../store/reads.ts';

/** Columns that are compared with each other. */
type RangeColumn =
  | ('startsAt' | 'endsAt' | 'saleStartsAt' | 'saleEndsAt' | 'cancellationEndsAt')
  | ('holdSeconds' | 'holdCapSeconds');
export type Ranges = Pick<EventRow, RangeColumn>;

/** Columns that contradict each other, and what is wrong with each as seen from the others; the first is the likeliest. */
type Conflict = readonly (readonly [RangeColumn, string])[];

/**
 * Check rules across fields on the Event after a change, defaults and assumed values included. The problem is reported on a
 * field that was given; a rule of which no field was given is not checked, so that an old row does not stop other changes.
 */
export function checkRanges(
  event: Ranges,
  given: Partial<Record<RangeColumn, unknown>>,
  path: string[],
): FieldProblem[] {
  return conflictsOf(event).flatMap((conflict) => {
    const blamed =
      conflict.find(([field]) => given[field] != null) ?? conflict.find(([field]) => given[field] === null);
    return blamed === undefined ? [] : [{ path: [...path, blamed[0]], message: blamed[1] }];
  });
}

/** All contradictions of a stored Event, each as a sentence that names the field: for publishing. */
export const describeConflicts = (event: Ranges): string[] =>
  conflictsOf(event).map(([[field, message]]) => `\`${field}\` ${message}`);

function conflictsOf(event: Ranges): [Conflict[number], ...Conflict][] {
  const { startsAt, endsAt, saleStartsAt, saleEndsAt, holdSeconds, holdCapSeconds } = event;
  const conflicts: [Conflict[number], ...Conflict][] = [];
  const end = endOf(event);
  if (end < startsAt) {
    conflicts.push([
      ['endsAt', 'is before `startsAt`'],
      ['startsAt', 'is after `endsAt`'],
    ]);
  }
  if (saleStartsAt !== null && saleStartsAt > startsAt) {
    conflicts.push([
      ['saleStartsAt', 'is after `startsAt`'],
      ['startsAt', 'is before `saleStartsAt`'],
    ]);
  }
  if (saleStartsAt !== null && saleEndsAt !== null && saleStartsAt >= saleEndsAt) {
    conflicts.push([
      ['saleEndsAt', 'must be later than `saleStartsAt`'],
      ['saleStartsAt', 'must be earlier than `saleEndsAt`'],
    ]);
  }
  if (saleStartsAt !== null && saleEndsAt === null && saleStartsAt.getTime() === startsAt.getTime()) {
    conflicts.push([
      ['saleStartsAt', 'is `startsAt`, when the sale ends without `saleEndsAt`'],
      ['startsAt', 'is `saleStartsAt`, and the sale ends when the Event starts without `saleEndsAt`'],
      ['saleEndsAt', 'is required: without it the sale ends at `startsAt`, which is `saleStartsAt`'],
    ]);
  }
  if (saleEndsAt !== null && saleEndsAt > end && saleEndsAt > startsAt) {
    const assumed = `\`startsAt\` plus ${ASSUMED_DURATION_HOURS} hours, when an Event without \`endsAt\` is taken to end`;
    conflicts.push([
      ['saleEndsAt', endsAt === null ? `is after ${assumed}` : 'is after `endsAt`'],
      [
        'endsAt',
        endsAt === null ? `is required: \`saleEndsAt\` is after ${assumed}` : 'is before `saleEndsAt`',
      ],
      ['startsAt', `is too early for \`saleEndsAt\`, which is after ${assumed}`],
    ]);
  }
  if (event.cancellationEndsAt !== null && event.cancellationEndsAt > startsAt) {
    conflicts.push([
      ['cancellationEndsAt', 'is after `startsAt`'],
      ['startsAt', 'is before `cancellationEndsAt`'],
    ]);
  }
  if (holdSeconds > holdCapSeconds) {
    conflicts.push([
      ['holdSeconds', `must be at most \`holdCapSeconds\`, ${holdCapSeconds}`],
      ['holdCapSeconds', `must be at least \`holdSeconds\`, ${holdSeconds}`],
    ]);
  }
  return conflicts;
}
