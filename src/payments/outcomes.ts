import type { reservationNotFound, reservationOver, ReservationRow } from '../booking/index.ts';
import { formatMoney, type Money } from '../platform/money.ts';
import type { idempotencyKeyReused, invalidInput } from '../platform/outcomes.ts';
import type { BookingRow } from './store/bookings.ts';

// What the mutations of this capability can answer. Each tag is the name of a type in the schema.

/** Paid, and the buyer's. */
export const bookingConfirmed = (booking: BookingRow) =>
  ({ __typename: 'BookingConfirmed', booking }) as const;

/** 3-D Secure. */
export const paymentActionRequired = (booking: BookingRow, clientSecret: string) =>
  ({
    __typename: 'PaymentActionRequired',
    message: 'The bank wants to hear from the buyer first.',
    booking,
    clientSecret,
    redirectUrl: booking.redirectUrl,
  }) as const;

/** No answer yet. */
export const paymentPending = (booking: BookingRow) =>
  ({
    __typename: 'PaymentPending',
    message: 'The payment has no answer yet. The tickets are held meanwhile; ask again with the same key.',
    booking,
  }) as const;

/** The issuer said no, or the buyer gave up. */
export const paymentDeclined = (booking: BookingRow, reservation: ReservationRow) =>
  ({
    __typename: 'PaymentDeclined',
    message: `${booking.failureMessage ?? 'The card was declined.'} Nothing was taken.`,
    booking,
    code: booking.failureCode ?? 'card_declined',
    reservation,
  }) as const;

/** Stripe does not know the payment method, or there is none. */
export const paymentMethodInvalid = () =>
  ({
    __typename: 'PaymentMethodInvalid',
    message: 'This payment method cannot be used. Choose another.',
  }) as const;

/** Stripe is away. */
export const paymentUnavailable = (reservation: ReservationRow) =>
  ({
    __typename: 'PaymentUnavailable',
    message: 'Payments cannot be taken right now. Nothing was taken; try again in a moment.',
    reservation,
  }) as const;

/** The tickets were lost before the money came. */
export const bookingRefunded = (booking: BookingRow) =>
  ({
    __typename: 'BookingRefunded',
    message: 'The money came too late for the tickets. All of it is on its way back.',
    booking,
  }) as const;

/** Another attempt is paying for the same tickets. */
export const bookingUnderWay = (booking: BookingRow) =>
  ({
    __typename: 'BookingUnderWay',
    message: 'These tickets are being paid for already, perhaps in another tab.',
    booking,
  }) as const;

/** The buyer agreed to another sum. */
export const amountMismatch = (total: Money) =>
  ({ __typename: 'AmountMismatch', message: `The tickets cost ${formatMoney(total)}.`, total }) as const;

/** What `confirmBooking` answers. */
export type ConfirmBookingOutcome = ReturnType<
  | typeof bookingConfirmed
  | typeof paymentActionRequired
  | typeof paymentPending
  | typeof paymentDeclined
  | typeof paymentMethodInvalid
  | typeof paymentUnavailable
  | typeof bookingRefunded
  | typeof bookingUnderWay
  | typeof amountMismatch
  | typeof reservationOver
  | typeof reservationNotFound
  | typeof invalidInput
  | typeof idempotencyKeyReused
>;

/** Given back. */
export const bookingCancelled = (booking: BookingRow) =>
  ({ __typename: 'BookingCancelled', booking }) as const;

/** Not confirmed, or too late. */
export const bookingNotCancellable = (booking: BookingRow) =>
  ({
    __typename: 'BookingNotCancellable',
    message:
      booking.step === 'confirmed'
        ? 'Its event has begun, so it can no longer be given back.'
        : 'Only a confirmed booking can be given back.',
    booking,
  }) as const;

/** No such Booking, or not the viewer's. */
export const bookingNotFound = () =>
  ({ __typename: 'BookingNotFound', message: 'There is no such booking.' }) as const;

/** What `cancelBooking` answers. */
export type CancelBookingOutcome = ReturnType<
  typeof bookingCancelled | typeof bookingNotCancellable | typeof bookingNotFound
>;
