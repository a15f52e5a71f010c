import type { EventRow } from '../catalog/index.ts';
import { titleOfSection, type GeneralAdmissionArea } from '../seating-plan/index.ts';
import type { ReservationRow } from './store/columns.ts';

// Outcomes of the mutations. Each tag is the name of a type in the schema, where it is described.

/** Outcome: the tickets are held. */
export const ticketsReserved = (reservation: ReservationRow) =>
  ({ __typename: 'TicketsReserved', reservation }) as const;

/** Refusal: some of the places are held, sold or blocked. */
export const ticketsUnavailable = (eventId: string, places: number[]) =>
  ({
    __typename: 'TicketsUnavailable',
    message:
      places.length === 1
        ? 'One of the places is no longer available. Select another.'
        : `${places.length} of the places are no longer available. Select others.`,
    eventId,
    places,
  }) as const;

/** Refusal: an area has too few tickets left. */
export const notEnoughTickets = (
  area: Pick<GeneralAdmissionArea, 'key' | 'name' | 'level'>,
  available: number,
) =>
  ({
    __typename: 'NotEnoughTickets',
    message:
      available === 0
        ? `${titleOfSection(area)} is sold out. Select another area.`
        : `${titleOfSection(area)} has only ${available} left. Select fewer.`,
    area: area.key,
    available,
  }) as const;

/** Refusal: the viewer already holds some of the places. */
export const ticketsAlreadyYours = (reservation: ReservationRow) =>
  ({
    __typename: 'TicketsAlreadyYours',
    message:
      'You already hold some of these tickets. Pay for them, extend the reservation or release it first.',
    reservation,
  }) as const;

/** Refusal: the buyer would have more tickets than the Event allows. */
export const ticketLimitExceeded = (limit: number, alreadyHeld: number) =>
  ({
    __typename: 'TicketLimitExceeded',
    message:
      alreadyHeld === 0
        ? `One buyer can have at most ${limit} tickets. Select fewer.`
        : `One buyer can have at most ${limit} tickets, and you already have ${alreadyHeld}. Select fewer.`,
    limit,
    alreadyHeld,
  }) as const;

/** Refusal: the selection would leave single seats. */
export const orphanSeat = (eventId: string, places: number[]) =>
  ({
    __typename: 'OrphanSeat',
    message:
      places.length === 1
        ? 'This would leave a single seat free. Select it too, or move by one seat.'
        : `This would leave ${places.length} single seats free. Select them too, or move by one seat.`,
    eventId,
    places,
  }) as const;

/** Refusal: too few places that meet the criteria are near each other. */
export const noSeatsTogether = (
  left: { together: number; available: number; accessible: number },
  requested: { accessible: number },
) => ({ __typename: 'NoSeatsTogether', message: whatIsLeft(left, requested), ...left }) as const;

function whatIsLeft(
  { together, available, accessible }: { together: number; available: number; accessible: number },
  requested: { accessible: number },
): string {
  if (available === 0) return 'No tickets that meet the criteria are left. Change the criteria.';
  if (accessible < requested.accessible) {
    return accessible === 0
      ? 'No wheelchair-accessible places that meet the criteria are left. Change the criteria.'
      : `Only ${accessible} of the wheelchair-accessible places that meet the criteria are left. Request fewer or change the criteria.`;
  }
  return `Too few are left near each other: at most ${together} side by side, ${available} in all. Request fewer or change the criteria.`;
}

/** Refusal: tickets of the Event are not on sale now. */
export const eventNotOnSale = (sale: {
  status: EventRow['status'];
  saleStartsAt: Date | null;
  saleEndsAt: Date | null;
}) =>
  ({
    __typename: 'EventNotOnSale',
    message: notOnSaleReason(sale),
    status: sale.status,
    saleStartsAt: sale.saleStartsAt,
    saleEndsAt: sale.saleEndsAt,
  }) as const;

/** Refusal: the organiser has paused the sale. */
export const saleIsPaused = (pausedAt: Date) =>
  ({
    __typename: 'SaleIsPaused',
    message: 'The sale is paused. Tickets that you hold can be paid for; try again later for others.',
    pausedAt,
  }) as const;

const EVENT_CANCELLED = 'The event was cancelled.';

function notOnSaleReason({
  status,
  saleStartsAt,
}: {
  status: EventRow['status'];
  saleStartsAt: Date | null;
}): string {
  if (status === 'CANCELLED') return EVENT_CANCELLED;
  if (status !== 'ON_SALE') return 'The tickets are not on sale yet.';
  return saleStartsAt === null
    ? 'The sale has ended.'
    : 'The sale has not started yet. Try again when it starts.';
}

/** Refusal: there is no such Reservation, or it is another viewer's. */
export const reservationNotFound = () =>
  ({
    __typename: 'ReservationNotFound',
    message: 'There is no such Reservation, or it is not yours.',
  }) as const;

/** Refusal: the Reservation no longer holds its tickets. */
export const reservationOver = (reservation: ReservationRow, message?: string) =>
  ({
    __typename: 'ReservationOver',
    message:
      message ??
      {
        HELD: 'The reservation has expired. Reserve the tickets again.',
        EXPIRED: 'The reservation has expired. Reserve the tickets again.',
        RELEASED: 'The reservation was released. Reserve the tickets again.',
        BOOKED: 'The tickets of the reservation are booked.',
      }[reservation.status],
    reservation,
  }) as const;

/** Refusal: the tickets are held, but of an Event that was cancelled. */
export const reservationOfCancelledEvent = (reservation: ReservationRow) =>
  reservationOver(reservation, EVENT_CANCELLED);

/** Refusal: the hold has reached the Event's cap. */
export const reservationAtCap = (reservation: ReservationRow) =>
  ({
    __typename: 'ReservationAtCap',
    message: 'The reservation cannot be extended further. Pay before it expires.',
    reservation,
  }) as const;

/** Outcome: the hold was extended. */
export const reservationExtended = (reservation: ReservationRow) =>
  ({ __typename: 'ReservationExtended', reservation }) as const;

/** Outcome: the tickets are free again. */
export const reservationReleased = (reservation: ReservationRow) =>
  ({ __typename: 'ReservationReleased', reservation }) as const;

/** Refusal: a checkout is in progress. */
export const paymentUnderWay = () =>
  ({
    __typename: 'PaymentUnderWay',
    message: 'A payment for this reservation is in progress. Wait until it has finished.',
  }) as const;

/** Outcome: the Event is on sale. */
export const eventPublished = (event: EventRow, tickets: number) =>
  ({ __typename: 'EventPublished', event, tickets }) as const;

/** Outcome: the Event is visible, and not on sale. */
export const eventAnnounced = (event: EventRow) => ({ __typename: 'EventAnnounced', event }) as const;

/** Outcome: the Event is a draft. */
export const eventWithdrawn = (event: EventRow) => ({ __typename: 'EventWithdrawn', event }) as const;

/** Refusal: buyers have tickets of the Event. */
export const eventHasBuyers = ({ sold, held }: { sold: number; held: number }) =>
  ({
    __typename: 'EventHasBuyers',
    message: `Of the tickets ${sold} are sold and ${held} are held: pause the sale, and wait until the holds have ended.`,
    soldTickets: sold,
    heldTickets: held,
  }) as const;

/** Outcome: the price tiers are as requested. */
export const pricesChanged = (event: EventRow) => ({ __typename: 'PricesChanged', event }) as const;

/** Outcome: no more tickets are held until the sale is resumed. */
export const salePaused = (event: EventRow) => ({ __typename: 'SalePaused', event }) as const;

/** Outcome: the sale is not paused any more. */
export const saleResumed = (event: EventRow) => ({ __typename: 'SaleResumed', event }) as const;

/** Outcome: the tickets are blocked. */
export const ticketsBlocked = (event: EventRow, places: number[]) =>
  ({ __typename: 'TicketsBlocked', event, places }) as const;

/** Outcome: the tickets are available again. */
export const ticketsUnblocked = (event: EventRow, places: number[]) =>
  ({ __typename: 'TicketsUnblocked', event, places }) as const;

export type TicketsUnavailable = ReturnType<typeof ticketsUnavailable>;
export type OrphanSeat = ReturnType<typeof orphanSeat>;
