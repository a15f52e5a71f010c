import { z } from 'zod';

import type { FieldProblem } from '../../generated/graphql.ts';
import { instant, integerBetween, line, reference, text } from '../input/field-rules.ts';
import type { FieldChanges } from '../input/read-fields.ts';
import type { EventRow } from '../store/reads.ts';

/** What an organiser says of an Event. */
export const EVENT_RULES = {
  needed: {
    name: line(300),
    category: line(50),
    venue: reference('Venue'),
    startsAt: instant,
  },
  optional: {
    description: text(10_000),
    genre: line(100),
    series: line(200),
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

/** What was said of an Event. */
export type EventChanges = FieldChanges<typeof EVENT_RULES>;

/** An Event of which nothing was said yet; what null puts back. */
export const BLANK_EVENT = {
  description: '',
  genre: null,
  series: null,
  seatingPlanId: null,
  endsAt: null,
  saleStartsAt: null,
  saleEndsAt: null,
  ticketLimit: 10,
  holdSeconds: 600,
  holdCapSeconds: 1_800,
  orphanRule: false,
} as const;

/** The columns an organiser says directly; the rest of an Event follows from them or from its Venue. */
type EventColumns = Pick<EventRow, keyof typeof BLANK_EVENT | 'name' | 'category' | 'startsAt'>;

/** Put changes over what was there before; null puts back what a blank Event has. */
export function applyChanges<Before extends Partial<EventColumns>>(before: Before, changes: EventChanges) {
  const { venue: _venue, performers: _performers, seatingPlan, ...columns } = changes;
  const given = { ...columns, ...(seatingPlan === undefined ? {} : { seatingPlanId: seatingPlan }) };
  const set = Object.entries(given).map(([name, value]) => [
    name,
    value ?? BLANK_EVENT[name as keyof typeof BLANK_EVENT],
  ]);
  return { ...before, ...(Object.fromEntries(set) as Partial<EventColumns>) };
}

type Spans = Pick<
  EventRow,
  'startsAt' | 'endsAt' | 'saleStartsAt' | 'saleEndsAt' | 'holdSeconds' | 'holdCapSeconds'
>;

/** Check what only makes sense together, on the Event as it will be; `given` says which field to blame. */
export function checkSpans(event: Spans, given: EventChanges, path: string[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const blame = (
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
    blame('endsAt', 'is before `startsAt`', 'startsAt', 'is after `endsAt`');
  }
  if (event.saleStartsAt !== null && event.saleEndsAt !== null && event.saleEndsAt <= event.saleStartsAt) {
    blame(
      'saleEndsAt',
      'must be later than `saleStartsAt`',
      'saleStartsAt',
      'must be earlier than `saleEndsAt`',
    );
  }
  if (event.holdSeconds > event.holdCapSeconds) {
    blame(
      'holdSeconds',
      `must be at most \`holdCapSeconds\`, ${event.holdCapSeconds}`,
      'holdCapSeconds',
      `must be at least \`holdSeconds\`, ${event.holdSeconds}`,
    );
  }
  return problems;
}
