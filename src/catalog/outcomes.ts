import type { EventRow, PerformerRow, SeatingPlanHead, VenueRow } from './store/reads.ts';

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

/** Refuse an Event that does not exist or that the viewer may not see or change. */
export const eventNotFound = () => ({
  __typename: 'EventNotFound' as const,
  message: 'There is no such Event, or you have no access to it.',
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
