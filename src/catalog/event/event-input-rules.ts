import { z } from 'zod';

import type { FieldProblem } from '../../generated/graphql.ts';
import { instant, integerBetween, multiLine, reference, singleLine } from '../input/field-rules.ts';
import type { FieldChanges } from '../input/read-fields.ts';
import type { EventRow } from '../store/reads.ts';

/** Input rules of an Event. */
export const EVENT_RULES = {
  required: {
    name: singleLine(300),
    category: singleLine(50),
    venue: reference('Venue'),
    startsAt: instant,
  },
  optional: {
    description: multiLine(10_000),
    genre: singleLine(100),
    series: singleLine(200),
    seatingPlan: reference('SeatingPlan'),
    performers: z.array(reference('Performer')).max(100, 'must be at most 100'),
    endsAt: instant,
    saleStartsAt: instant,
    saleEndsAt: instant,
    ticketLimit: integerBetween(1, 100),
    holdSeconds: integerBetween(30, 86_400),
    holdCapSeconds: integerBetween(30, 86_400),
    orphanRule: z.boolean(),
  },
};

/** Valid fields of an Event's input. */
export type EventChanges = FieldChanges<typeof EVENT_RULES>;

/** Columns of the optional fields. */
export type OptionalColumn =
  Exclude<keyof typeof EVENT_RULES.optional, 'performers' | 'seatingPlan'> | 'seatingPlanId';
type RequiredColumn = Exclude<keyof typeof EVENT_RULES.required, 'venue'>;

/** Columns that an organiser sets directly; a rule without its column does not compile. */
export type EventColumns = Pick<EventRow, OptionalColumn | RequiredColumn>;

type Ranges = Pick<
  EventRow,
  'startsAt' | 'endsAt' | 'saleStartsAt' | 'saleEndsAt' | 'holdSeconds' | 'holdCapSeconds'
>;

/** Check rules across fields on the Event after the change. The problem is reported on a field that was given. */
export function checkRanges(event: Ranges, given: EventChanges, path: string[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const report = (
    field: keyof EventChanges,
    message: string,
    other: keyof EventChanges,
    otherMessage: string,
  ) =>
    problems.push(
      given[field] != null || given[other] == null
        ? { path: [...path, field], message }
        : { path: [...path, other], message: otherMessage },
    );
  if (event.endsAt !== null && event.endsAt < event.startsAt) {
    report('endsAt', 'is before `startsAt`', 'startsAt', 'is after `endsAt`');
  }
  if (event.saleStartsAt !== null && event.saleEndsAt !== null && event.saleEndsAt <= event.saleStartsAt) {
    report(
      'saleEndsAt',
      'must be later than `saleStartsAt`',
      'saleStartsAt',
      'must be earlier than `saleEndsAt`',
    );
  }
  if (event.holdSeconds > event.holdCapSeconds) {
    report(
      'holdSeconds',
      `must be at most \`holdCapSeconds\`, ${event.holdCapSeconds}`,
      'holdCapSeconds',
      `must be at least \`holdSeconds\`, ${event.holdSeconds}`,
    );
  }
  return problems;
}
