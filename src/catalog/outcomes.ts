import type { FieldProblem } from '../generated/graphql.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import type { EventRow, PerformerRow, SeatingPlanHead, VenueRow } from './store/reads.ts';

/** Refuse an input; all that is wrong with it is listed. */
export function invalidInput(problems: readonly FieldProblem[]) {
  const [first, ...others] = problems.map(({ path, message }) => `\`${path.join('.')}\` ${message}`);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return {
    __typename: 'InvalidInput' as const,
    message: `Nothing was changed: ${first}${more}.`,
    problems: [...problems],
  };
}

/** Refuse to say anything about a Venue. */
export const venueNotFound = () => ({
  __typename: 'VenueNotFound' as const,
  message: 'There is no such Venue, or it is another organiser’s.',
});

/** Refuse to say anything about a Performer. */
export const performerNotFound = () => ({
  __typename: 'PerformerNotFound' as const,
  message: 'There is no such Performer, or it is another organiser’s.',
});

/** Refuse to say anything about a SeatingPlan. */
export const seatingPlanNotFound = () => ({
  __typename: 'SeatingPlanNotFound' as const,
  message: 'There is no such SeatingPlan, or it is another organiser’s.',
});

/** Refuse to say anything about an Event. */
export const eventNotFound = () => ({
  __typename: 'EventNotFound' as const,
  message: 'There is no such Event, or it is another organiser’s.',
});

/** Refuse a change that the Event's state does not allow; `reason` is a sentence. */
export const eventNotChangeable = ({ status }: Pick<EventRow, 'status'>, reason: string) => ({
  __typename: 'EventNotChangeable' as const,
  message: reason,
  status,
});

/** Answer with the new Venue. */
export const venueCreated = (venue: VenueRow) => ({ __typename: 'VenueCreated' as const, venue });
/** Answer with the Venue as it is now. */
export const venueUpdated = (venue: VenueRow) => ({ __typename: 'VenueUpdated' as const, venue });
/** Answer with the new Performer. */
export const performerCreated = (performer: PerformerRow) => ({
  __typename: 'PerformerCreated' as const,
  performer,
});
/** Answer with the Performer as it is now. */
export const performerUpdated = (performer: PerformerRow) => ({
  __typename: 'PerformerUpdated' as const,
  performer,
});
/** Answer with the new SeatingPlan. */
export const seatingPlanCreated = (seatingPlan: SeatingPlanHead) => ({
  __typename: 'SeatingPlanCreated' as const,
  seatingPlan,
});
/** Answer with the new version of a SeatingPlan. */
export const seatingPlanUpdated = (seatingPlan: SeatingPlanHead) => ({
  __typename: 'SeatingPlanUpdated' as const,
  seatingPlan,
});
/** Answer with the new Event. */
export const eventCreated = (event: EventRow) => ({ __typename: 'EventCreated' as const, event });
/** Answer with the Event as it is now. */
export const eventUpdated = (event: EventRow) => ({ __typename: 'EventUpdated' as const, event });

/** Count the answer of a use case on its way out. */
export function counted<Outcome extends { __typename: string }>(
  { metrics }: { metrics: Metrics },
  useCase: string,
  outcome: Outcome,
): Outcome {
  metrics.outcomes.inc({ useCase, outcome: outcome.__typename });
  return outcome;
}
