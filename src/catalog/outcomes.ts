import type { EventRow, PerformerRow, SeatingPlanHead, VenueRow } from './store/reads.ts';

// Refusals do not reveal whether a row is missing or another organiser's.

/** Refuse a Venue that does not exist or that the viewer may not use. */
export const venueNotFound = () => ({
  __typename: 'VenueNotFound' as const,
  message: 'There is no such Venue, or it is another organiser’s.',
});

/** Refuse a Performer that does not exist or that the viewer may not use. */
export const performerNotFound = () => ({
  __typename: 'PerformerNotFound' as const,
  message: 'There is no such Performer, or it is another organiser’s.',
});

/** Refuse a SeatingPlan that does not exist or that the viewer may not change. */
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

/** The created Venue. */
export const venueCreated = (venue: VenueRow) => ({ __typename: 'VenueCreated' as const, venue });
/** The Venue after the update. */
export const venueUpdated = (venue: VenueRow) => ({ __typename: 'VenueUpdated' as const, venue });
/** The created Performer. */
export const performerCreated = (performer: PerformerRow) => ({
  __typename: 'PerformerCreated' as const,
  performer,
});
/** The Performer after the update. */
export const performerUpdated = (performer: PerformerRow) => ({
  __typename: 'PerformerUpdated' as const,
  performer,
});
/** The created SeatingPlan. */
export const seatingPlanCreated = (seatingPlan: SeatingPlanHead) => ({
  __typename: 'SeatingPlanCreated' as const,
  seatingPlan,
});
/** The new version of the SeatingPlan, or the current one if its layout is unchanged. */
export const seatingPlanUpdated = (seatingPlan: SeatingPlanHead) => ({
  __typename: 'SeatingPlanUpdated' as const,
  seatingPlan,
});
/** The created Event. */
export const eventCreated = (event: EventRow) => ({ __typename: 'EventCreated' as const, event });
/** The Event after the update. */
export const eventUpdated = (event: EventRow) => ({ __typename: 'EventUpdated' as const, event });

/** Parent of the fields of `EventUpdated`. */
export type UpdatedEvent = ReturnType<typeof eventUpdated>;
