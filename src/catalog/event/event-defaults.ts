import type { EventRow } from '../store/reads.ts';
import { DEFAULT_TICKET_LIMIT } from '../tables.ts';
import type { EventChanges, EventColumns, OptionalColumn } from './event-input-rules.ts';

/** Defaults of the optional columns, for a new Event and for null in an update. */
export const DEFAULT_EVENT = {
  description: '',
  genre: null,
  series: null,
  seatingPlanId: null,
  endsAt: null,
  saleStartsAt: null,
  saleEndsAt: null,
  cancellationEndsAt: null,
  ticketLimit: DEFAULT_TICKET_LIMIT,
  holdSeconds: 600,
  holdCapSeconds: 1_800,
  orphanRule: false,
} as const satisfies Pick<EventRow, OptionalColumn>;

/** Columns for the given fields; null becomes the default. */
export function columnsOf(changes: EventChanges): Partial<EventColumns> {
  const { venue: _venue, performers: _performers, seatingPlan, ...columns } = changes;
  const given = { ...columns, ...(seatingPlan === undefined ? {} : { seatingPlanId: seatingPlan }) };
  const withDefaults = Object.entries(given).map(([name, value]) => [
    name,
    value ?? DEFAULT_EVENT[name as keyof typeof DEFAULT_EVENT],
  ]);
  return Object.fromEntries(withDefaults) as Partial<EventColumns>;
}
