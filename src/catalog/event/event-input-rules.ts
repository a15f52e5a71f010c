import { z } from 'zod';

import {
  instant,
  integerBetween,
  localTime,
  multiLine,
  reference,
  singleLine,
} from '../input/field-rules.ts';
import type { FieldChanges } from '../input/read-fields.ts';
import { MAX_CATEGORY_LENGTH, MAX_GENRE_LENGTH } from '../input/text-limits.ts';
import type { EventRow } from '../store/reads.ts';

/** Input rules of an Event. */
export const EVENT_RULES = {
  required: {
    name: singleLine(300),
    category: singleLine(MAX_CATEGORY_LENGTH),
    venue: reference('Venue'),
    startsAt: instant,
  },
  optional: {
    description: multiLine(10_000),
    genre: singleLine(MAX_GENRE_LENGTH),
    series: singleLine(200),
    seatingPlan: reference('SeatingPlan'),
    performers: z.array(reference('Performer')).max(100, 'must be at most 100'),
    endsAt: instant,
    saleStartsAt: instant,
    saleEndsAt: instant,
    cancellationEndsAt: instant,
    startsAtLocal: localTime,
    endsAtLocal: localTime,
    saleStartsAtLocal: localTime,
    saleEndsAtLocal: localTime,
    cancellationEndsAtLocal: localTime,
    ticketLimit: integerBetween(1, 100),
    holdSeconds: integerBetween(30, 86_400),
    holdCapSeconds: integerBetween(30, 86_400),
    orphanRule: z.boolean(),
  },
};

/** Valid fields of an Event's input. */
export type EventChanges = FieldChanges<typeof EVENT_RULES>;

/** Fields that state an instant as a local time, with the fields that state it as it is. */
export const INSTANT_FIELDS = {
  startsAtLocal: 'startsAt',
  endsAtLocal: 'endsAt',
  saleStartsAtLocal: 'saleStartsAt',
  saleEndsAtLocal: 'saleEndsAt',
  cancellationEndsAtLocal: 'cancellationEndsAt',
} as const;
export type LocalTimeField = keyof typeof INSTANT_FIELDS;

/** Columns of the optional fields. */
export type OptionalColumn =
  Exclude<keyof typeof EVENT_RULES.optional, 'performers' | 'seatingPlan' | LocalTimeField> | 'seatingPlanId';
type RequiredColumn = Exclude<keyof typeof EVENT_RULES.required, 'venue'>;

/** Columns that an organiser sets directly; a rule without its column does not compile. */
export type EventColumns = Pick<EventRow, OptionalColumn | RequiredColumn>;
