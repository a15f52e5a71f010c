import type { EventRow } from '../catalog/index.ts';
import type { ReservationRow } from './store/columns.ts';

// What the mutations of this capability can answer. Each tag is the name of a type in the schema.

/** The tickets are held. */
export const ticketsReserved = (reservation: ReservationRow) =>
  ({ __typename: 'TicketsReserved', reservation }) as const;

/** Others have some of the places. */
export const ticketsUnavailable = (places: number[]) =>
  ({
    __typename: 'TicketsUnavailable',
    message:
      places.length === 1
        ? 'One of the places is not free. Choose another.'
        : `${places.length} of the places are not free. Choose others.`,
    places,
  }) as const;

/** An area has too few tickets left. */
export const notEnoughTickets = (area: { key: string; name: string }, available: number) =>
  ({
    __typename: 'NotEnoughTickets',
    message: available === 0 ? `${area.name} is sold out.` : `${area.name} has only ${available} left.`,
    area: area.key,
    available,
  }) as const;

/** The viewer holds some of the places already. */
export const ticketsAlreadyYours = (reservation: ReservationRow) =>
  ({
    __typename: 'TicketsAlreadyYours',
    message: 'You already hold some of these tickets. Pay for them, extend the hold, or let it go first.',
    reservation,
  }) as const;

/** One buyer would have too many. */
export const ticketLimitExceeded = (limit: number, alreadyHeld: number) =>
  ({
    __typename: 'TicketLimitExceeded',
    message:
      alreadyHeld === 0
        ? `One buyer may have at most ${limit}.`
        : `One buyer may have at most ${limit}, and you have ${alreadyHeld} already.`,
    limit,
    alreadyHeld,
  }) as const;

/** A choice would leave seats alone. */
export const orphanSeat = (places: number[]) =>
  ({
    __typename: 'OrphanSeat',
    message:
      places.length === 1
        ? 'This would leave a single seat alone. Take it too, or move by one.'
        : `This would leave ${places.length} single seats alone. Take them too, or move by one.`,
    places,
  }) as const;

/** There are not so many near each other. */
export const noSeatsTogether = ({ together, available }: { together: number; available: number }) =>
  ({
    __typename: 'NoSeatsTogether',
    message:
      available === 0
        ? 'None of these tickets are left.'
        : `Not so many are left near each other: at most ${together} side by side, ${available} in all.`,
    together,
    available,
  }) as const;

/** It is not the time to sell. */
export const eventNotOnSale = (sale: {
  status: EventRow['status'];
  saleStartsAt: Date | null;
  saleEndsAt: Date | null;
}) =>
  ({
    __typename: 'EventNotOnSale',
    message: whyNotOnSale(sale),
    status: sale.status,
    saleStartsAt: sale.saleStartsAt,
    saleEndsAt: sale.saleEndsAt,
  }) as const;

function whyNotOnSale({
  status,
  saleStartsAt,
}: {
  status: EventRow['status'];
  saleStartsAt: Date | null;
}): string {
  if (status === 'CANCELLED') return 'It was cancelled.';
  if (status !== 'ON_SALE') return 'Its tickets are not on sale yet.';
  return saleStartsAt === null ? 'Its sale has ended.' : 'Its sale has not begun yet.';
}

/** No such Reservation, or not the viewer's. */
export const reservationNotFound = () =>
  ({ __typename: 'ReservationNotFound', message: 'There is no such reservation.' }) as const;

/** The Reservation holds nothing any more. */
export const reservationOver = (reservation: ReservationRow) =>
  ({
    __typename: 'ReservationOver',
    message: {
      HELD: 'Its time is up.',
      EXPIRED: 'Its time is up.',
      RELEASED: 'It was let go.',
      BOOKED: 'Its tickets were bought.',
    }[reservation.status],
    reservation,
  }) as const;

/** The Reservation cannot last longer. */
export const reservationAtCap = (reservation: ReservationRow) =>
  ({
    __typename: 'ReservationAtCap',
    message: 'It already lasts as long as the event allows.',
    reservation,
  }) as const;

/** The Reservation lasts longer now. */
export const reservationExtended = (reservation: ReservationRow) =>
  ({ __typename: 'ReservationExtended', reservation }) as const;

/** The tickets are free again. */
export const reservationReleased = (reservation: ReservationRow) =>
  ({ __typename: 'ReservationReleased', reservation }) as const;

/** It is being paid for. */
export const paymentUnderWay = () =>
  ({
    __typename: 'PaymentUnderWay',
    message: 'A payment for it is under way. Wait for its answer.',
  }) as const;

/** The Event is on sale. */
export const eventPublished = (event: EventRow, tickets: number) =>
  ({ __typename: 'EventPublished', event, tickets }) as const;

/** The tickets are kept back. */
export const ticketsBlocked = (event: EventRow, places: number[]) =>
  ({ __typename: 'TicketsBlocked', event, places }) as const;

/** The tickets are sold again. */
export const ticketsUnblocked = (event: EventRow, places: number[]) =>
  ({ __typename: 'TicketsUnblocked', event, places }) as const;
