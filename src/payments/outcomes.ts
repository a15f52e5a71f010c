import type { reservationNotFound, reservationOver, ReservationRow } from '../booking/index.ts';
import type { EventRow } from '../catalog/index.ts';
import type { PaymentAttemptLimit } from '../generated/graphql.ts';
import { formatMoney, type Money } from '../platform/money.ts';
import type { idempotencyKeyReused, invalidInput } from '../platform/outcomes.ts';
import type { BookingRow } from './store/bookings.ts';

// Outcomes of the mutations; each `__typename` is a type of the schema.

/** The Event is cancelled; its Bookings are being refunded. */
export const eventCancelled = (event: EventRow) => ({ __typename: 'EventCancelled', event }) as const;

/** The payment succeeded, and the tickets are sold. */
export const bookingConfirmed = (booking: BookingRow) =>
  ({ __typename: 'BookingConfirmed', booking }) as const;

/** 3-D Secure is required. */
export const paymentActionRequired = (booking: BookingRow, clientSecret: string) =>
  ({
    __typename: 'PaymentActionRequired',
    message: 'The bank requires the buyer to authenticate this payment.',
    booking,
    clientSecret,
    redirectUrl: booking.redirectUrl,
  }) as const;

/** The result of the payment is not known yet. */
export const paymentPending = (booking: BookingRow) =>
  ({
    __typename: 'PaymentPending',
    message: 'The payment is not complete yet. The tickets stay held; retry with the same idempotency key.',
    booking,
  }) as const;

/** The issuer declined, or the payment expired. */
export const paymentDeclined = (booking: BookingRow, reservation: ReservationRow) =>
  ({
    __typename: 'PaymentDeclined',
    message: `${booking.failureMessage ?? 'The card was declined.'} Nothing was charged.`,
    booking,
    code: booking.failureCode ?? 'card_declined',
    reservation,
  }) as const;

/** Stripe does not know the payment method, or it is missing. */
export const paymentMethodInvalid = () =>
  ({
    __typename: 'PaymentMethodInvalid',
    message: 'The card or other payment method is missing or not valid. Nothing was charged; enter it again.',
  }) as const;

/** Stripe cannot be reached. */
export const paymentUnavailable = (reservation: ReservationRow) =>
  ({
    __typename: 'PaymentUnavailable',
    message: 'The payment provider cannot be reached. Nothing was charged; retry with a new idempotency key.',
    reservation,
  }) as const;

/** The tickets were lost, or the Event cancelled, before the payment succeeded. */
export const bookingRefunded = (booking: BookingRow) =>
  ({
    __typename: 'BookingRefunded',
    message: 'The payment succeeded, but the tickets could no longer be sold to you. It is refunded in full.',
    booking,
  }) as const;

/** Another checkout for the same tickets is in progress. */
export const bookingUnderWay = (booking: BookingRow) =>
  ({
    __typename: 'BookingUnderWay',
    message: 'Another payment for these tickets is in progress, for example in another tab.',
    booking,
  }) as const;

/** The amount of the request is not the total, or in another currency. */
export const amountMismatch = (total: Money, given: Money) =>
  ({
    __typename: 'AmountMismatch',
    message:
      given.currency === total.currency
        ? `The tickets cost ${formatMoney(total)}, not ${formatMoney(given)}.`
        : `The tickets are paid for in ${total.currency}${differenceOf(given.currency)}. They cost ${formatMoney(total)}.`,
    total,
  }) as const;

/** What was sent in place of the currency, which is quoted only if it could be one. */
const differenceOf = (currency: string): string =>
  /^[A-Z]{3}$/.test(currency)
    ? `, not ${currency}`
    : ': a currency is sent as three upper-case letters, like `EUR`';

/** A limit on attempts to pay is reached; nothing was sent to Stripe. */
export const tooManyPaymentAttempts = ({
  limit,
  maxAttempts,
  retryAfterSeconds,
}: {
  limit: PaymentAttemptLimit;
  maxAttempts: number;
  retryAfterSeconds: number | null;
}) =>
  ({
    __typename: 'TooManyPaymentAttempts',
    message: `${ATTEMPTS_REFUSED[limit](maxAttempts)} Nothing was charged.`,
    limit,
    maxAttempts,
    retryAfterSeconds,
  }) as const;

const ATTEMPTS_REFUSED: Record<PaymentAttemptLimit, (max: number) => string> = {
  RESERVATION: (max) =>
    `These tickets have had ${max} attempts to pay for them, which is the limit: to go on, release and reserve them again.`,
  VIEWER: (max) => `You have made ${max} attempts to pay within an hour, which is the limit.`,
  ADDRESS: (max) => `${max} attempts to pay came from your network within an hour, which is the limit.`,
};

/** Stripe takes no more writes now, or does not answer at all; nothing was done. */
export const paymentProviderBusy = (retryAfterSeconds: number) =>
  ({
    __typename: 'PaymentProviderBusy',
    message:
      'The payment provider takes no more payments at the moment. Nothing was charged; try again in a moment.',
    retryAfterSeconds,
  }) as const;

/** Outcomes of `confirmBooking`. */
export type ConfirmBookingOutcome = ReturnType<
  | typeof bookingConfirmed
  | typeof paymentActionRequired
  | typeof paymentPending
  | typeof paymentDeclined
  | typeof paymentMethodInvalid
  | typeof paymentUnavailable
  | typeof paymentProviderBusy
  | typeof bookingRefunded
  | typeof bookingUnderWay
  | typeof amountMismatch
  | typeof tooManyPaymentAttempts
  | typeof reservationOver
  | typeof reservationNotFound
  | typeof invalidInput
  | typeof idempotencyKeyReused
>;

/** The tickets are released, and the refund is made or due. */
export const bookingCancelled = (booking: BookingRow) =>
  ({ __typename: 'BookingCancelled', booking }) as const;

/** Not confirmed, or its Event has started. */
export const bookingNotCancellable = (booking: BookingRow) =>
  ({
    __typename: 'BookingNotCancellable',
    message:
      booking.step === 'confirmed'
        ? 'The time in which the booking could be cancelled is over.'
        : 'Only a confirmed booking can be cancelled.',
    booking,
  }) as const;

/** Missing, or of another viewer. */
export const bookingNotFound = () =>
  ({ __typename: 'BookingNotFound', message: 'There is no such Booking, or it is not yours.' }) as const;

/** The refund is decided on; a job makes it. */
export const refundAccepted = (booking: BookingRow, { amount, currency }: Money) =>
  ({ __typename: 'RefundAccepted', booking, amount: { amount, currency } }) as const;

/** Global ids of tickets that the Booking does not have. */
export const ticketsNotInBooking = (tickets: string[]) =>
  ({
    __typename: 'TicketsNotInBooking',
    message: `${tickets.length === 1 ? 'One ticket is' : `${tickets.length} tickets are`} not among those of the Booking: another's, or given back.`,
    tickets,
  }) as const;

/** More than other refunds have left of the payment. */
export const refundExceedsPayment = (left: Money) =>
  ({
    __typename: 'RefundExceedsPayment',
    message: `${formatMoney(left)} is left of the payment, after the refunds that were made or are due.`,
    left,
  }) as const;

/** Not confirmed, or its payment cannot be refunded. */
export const bookingNotRefundable = (booking: BookingRow, message: string) =>
  ({ __typename: 'BookingNotRefundable', message, booking }) as const;

/** Refusals of both `refundTickets` and `refundAmount`. */
export type RefundRefusal = ReturnType<
  typeof bookingNotRefundable | typeof bookingNotFound | typeof invalidInput | typeof idempotencyKeyReused
>;

/** Outcomes of `cancelBooking`. */
export type CancelBookingOutcome = ReturnType<
  typeof bookingCancelled | typeof bookingNotCancellable | typeof bookingNotFound
>;
