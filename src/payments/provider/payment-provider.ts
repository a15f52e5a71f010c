import type Stripe from 'stripe';

import type { Money } from '../../platform/money.ts';

/** What Stripe says about an intent, as far as a checkout cares. */
export type PaymentStatus =
  | { kind: 'succeeded' }
  /** The buyer has something to do at the bank; `redirectUrl` is null where only Stripe.js can lead there. */
  | { kind: 'needs-buyer'; clientSecret: string; redirectUrl: string | null }
  /** The bank takes its time, and nobody can cancel. */
  | { kind: 'processing' }
  /** Nobody has tried to charge it yet. */
  | { kind: 'unconfirmed' }
  /** Nothing was taken. The intent itself may be tried again, so it must be cancelled. */
  | { kind: 'declined'; code: string; message: string }
  | { kind: 'cancelled' }
  | UnknownResult;

/** No answer, or none that says whether the thing was done. Ask again; never conclude. */
export interface UnknownResult {
  kind: 'unknown';
  reason: string;
  /** The same call is being made by somebody else at this moment. */
  inProgress: boolean;
  /** Waiting will not mend it: somebody has to look at the configuration. */
  needsOperator: boolean;
}

/** A definite no that is not the card's: Stripe did nothing. */
export interface RequestRefused {
  kind: 'refused';
  code: string;
  message: string;
  param: string | null;
}

/** The card's issuer said no. */
export type CardDeclined = Extract<PaymentStatus, { kind: 'declined' }>;

/** What goes with every intent, so that a payment finds its Booking, and no other shop's. */
interface PaymentMetadata {
  bookingId: string;
  eventId: string;
  shopId: string;
}

/** One charge to be made. */
interface ChargeRequest {
  bookingId: string;
  price: Money;
  paymentMethod: string;
  metadata: PaymentMetadata;
}

/** A refund that exists at Stripe. */
export interface Refunded {
  kind: 'refunded';
  refundId: string;
  status: string;
}

/**
 * Stripe, as checkouts use it. Nothing here throws because of Stripe: a call that fails answers how.
 * Each call may be made again: keys made of the Booking's or intent's id, or the intent's own state, let it take effect once.
 */
export interface PaymentProvider {
  /** Make an intent; nothing is charged yet. */
  createIntent(
    charge: ChargeRequest,
  ): Promise<{ kind: 'created'; intentId: string } | CardDeclined | RequestRefused | UnknownResult>;
  /** Charge the card. */
  confirmIntent(charge: {
    bookingId: string;
    intentId: string;
    returnUrl: string | null;
  }): Promise<PaymentStatus | RequestRefused>;
  /** Ask how an intent stands. */
  retrieveIntent(intentId: string): Promise<PaymentStatus>;
  /** Make sure an intent can never be charged again; answers how it stands then. */
  cancelIntent(intentId: string): Promise<PaymentStatus>;
  /** Send all of the money back. */
  refundIntent(intentId: string, bookingId: string): Promise<Refunded | RequestRefused | UnknownResult>;
  /** Ask how a refund stands. `null`: there is no telling right now. */
  retrieveRefundStatus(refundId: string): Promise<string | null>;
  /** Verify a webhook's raw body. `null`: it is not Stripe's, or too old. */
  verifyWebhook(body: Buffer, signature: string | undefined): Stripe.Event | null;
}
