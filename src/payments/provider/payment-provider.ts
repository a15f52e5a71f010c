import type { Money } from '../../platform/money.ts';
import type { DisputeRecord } from '../dispute-status.ts';
import type { RefundRecord } from '../refund-status.ts';

/** Status of a payment intent, as far as checkouts distinguish it. */
export type PaymentStatus =
  /** `justNow`: this request charged the card. Else it was charged earlier, and may have been refunded since. */
  | { kind: 'succeeded'; justNow: boolean }
  /** The buyer has to authenticate at the bank; `redirectUrl` is null where only Stripe.js can open that page. */
  | { kind: 'requires-action'; clientSecret: string; redirectUrl: string | null }
  /** The bank processes the payment; it cannot be cancelled. */
  | { kind: 'processing' }
  /** Not charged yet. */
  | { kind: 'unconfirmed' }
  /**
   * Not charged. The intent takes another payment method, until it is cancelled; `chargeId` is its latest charge, failed or not.
   * `code` may be disclosed, `declineCode` and `message` may not: a stolen card, words for developers.
   */
  | {
      kind: 'declined';
      code: string;
      /** Empty if there is none. */
      declineCode: string;
      message: string;
      chargeId: string | null;
    }
  | { kind: 'cancelled' }
  | UnknownResult;

/** No response, or none that shows whether the request took effect: retry, and conclude nothing. */
export interface UnknownResult {
  kind: 'unknown';
  /** The kind of failure, the same at each retry. */
  code: string;
  reason: string;
  /** A concurrent request holds the idempotency key (409). */
  inProgress: boolean;
  /** Stripe repeats an earlier response to this key, as it does for a day: no retry under it has an effect. */
  replayed: boolean;
  /** Retries cannot succeed: an operator has to fix the configuration. */
  needsOperator: boolean;
}

/** Stripe rejected the request, and it had no effect. */
export interface RequestRefused {
  kind: 'refused';
  code: string;
  message: string;
  param: string | null;
}

/** The intent waits for the buyer with another card: it is not confirmed until a card is set. */
interface OtherMethod {
  kind: 'other-method';
}

/** The issuer declined the card. */
export type CardDeclined = Extract<PaymentStatus, { kind: 'declined' }>;

/** Metadata of every intent: maps a payment to its Reservation, and to the database it belongs to. */
interface PaymentMetadata {
  reservationId: string;
  eventId: string;
  shopId: string;
}

interface IntentRequest {
  price: Money;
  metadata: PaymentMetadata;
  idempotencyKey: string;
}

/** One attempt to charge a card. */
export interface ChargeRequest {
  intentId: string;
  /** `null`: the intent has it already. */
  paymentMethod: string | null;
  returnUrl: string | null;
  /** Names the attempt: a repeated request is answered, not executed. */
  idempotencyKey: string;
}

/** A card for an intent that has another. */
interface MethodRequest {
  intentId: string;
  paymentMethod: string;
  idempotencyKey: string;
}

/** A refund that Stripe has accepted. */
export interface Refunded extends RefundRecord {
  kind: 'refunded';
}

/** A refund of a part of a payment. Its number keeps several refunds of one payment from being repetitions of the first. */
interface PartialRefund {
  intentId: string;
  bookingId: string;
  /** In its metadata, by which a refund whose response was lost is found again. */
  requestId: string;
  number: number;
  /** 1, 2, …: the next after each `key-spent`. */
  attempt: number;
  price: Money;
}

/** Other refunds have left less of the payment than was to be refunded: nothing was done. */
interface LessLeft {
  kind: 'less-left';
  /** In minor units of ISO 4217. */
  left: number;
}

/** Stripe repeats an earlier refusal for the idempotency key, as it does for a day: the next attempt has another. */
interface KeySpent {
  kind: 'key-spent';
}

/** What was refunded of an intent, by the server or in the dashboard: the newest refund, if possible one that was not rejected. */
interface RefundsFound extends RefundRecord {
  kind: 'found';
  /** Nothing of the payment is kept. */
  whole: boolean;
  /** Each refund, rejected ones included. */
  all: RefundRecord[];
}

/** The database and the Event in the metadata of a payment; null: it was not made by this program. */
interface PaymentOwner {
  shopId: string | null;
  eventId: string | null;
}

/** A payment that has succeeded, in a list. */
export interface ListedCharge extends PaymentOwner, Money {
  intentId: string;
}

/** A refund in a list. */
export interface ListedRefund extends PaymentOwner, RefundRecord {
  intentId: string;
}

/** A dispute in a list. */
export interface ListedDispute extends PaymentOwner, DisputeRecord {}

/** Objects that Stripe made from one instant until before another, newest first. */
export interface StripeSpan {
  from: Date;
  to: Date;
}

/** A page of a list; `next: null`: the last. */
export interface StripePage<T> {
  kind: 'found';
  items: T[];
  next: string | null;
}

/**
 * The part of Stripe that checkouts use. A failed request does not throw: the result describes the failure.
 * Each call is idempotent: by a key made of the id of the Booking or the intent, or by the state of the intent.
 */
export interface PaymentProvider {
  /** Create the intent of a Reservation, for all attempts to pay for it; nothing is charged. */
  createIntent(
    request: IntentRequest,
  ): Promise<{ kind: 'created'; intentId: string } | RequestRefused | UnknownResult>;
  /** Charge a card. */
  confirmIntent(charge: ChargeRequest): Promise<PaymentStatus | RequestRefused | OtherMethod>;
  /** Set the card of an intent that waits for the buyer with another one: that one can no longer be charged. */
  setPaymentMethod(request: MethodRequest): Promise<{ kind: 'set' } | PaymentStatus | RequestRefused>;
  /** Read the status of an intent. */
  retrieveIntent(intentId: string): Promise<PaymentStatus>;
  /** Read which database an intent belongs to, and what was received. */
  retrieveOwner(
    intentId: string,
  ): Promise<(PaymentOwner & { kind: 'found'; received: Money }) | UnknownResult>;
  /** Cancel an intent; returns its status afterwards, which is `succeeded` if the cancellation lost the race. */
  cancelIntent(intentId: string): Promise<PaymentStatus>;
  /** Refund the whole payment. */
  refundIntent(intentId: string, bookingId: string): Promise<Refunded | RequestRefused | UnknownResult>;
  /** Refund a part of the payment, unless that is made already. */
  refundPart(refund: PartialRefund): Promise<Refunded | LessLeft | KeySpent | RequestRefused | UnknownResult>;
  /** Read the refunds of an intent that has succeeded, rejected ones included. */
  retrieveRefunds(intentId: string): Promise<RefundsFound | { kind: 'none' } | UnknownResult>;
  /** Read the refunds of an intent, rejected ones included, newest first. */
  listRefunds(intentId: string): Promise<{ kind: 'found'; refunds: RefundRecord[] } | UnknownResult>;
  /** Read a refund, and which database its payment belongs to. */
  retrieveRefund(
    refundId: string,
  ): Promise<(PaymentOwner & RefundRecord & { kind: 'found' }) | UnknownResult>;
  /** Read a dispute, and which database its payment belongs to. */
  retrieveDispute(
    disputeId: string,
  ): Promise<(PaymentOwner & { kind: 'found'; dispute: DisputeRecord }) | UnknownResult>;
  /** Read a page of the payments that succeeded, of any database. */
  pageOfCharges(span: StripeSpan, after: string | null): Promise<StripePage<ListedCharge> | UnknownResult>;
  /** Read a page of the refunds, of any database. */
  pageOfRefunds(span: StripeSpan, after: string | null): Promise<StripePage<ListedRefund> | UnknownResult>;
  /** Read a page of the disputes, of any database. */
  pageOfDisputes(span: StripeSpan, after: string | null): Promise<StripePage<ListedDispute> | UnknownResult>;
  /**
   * Verify the signature of a webhook's raw body, and read it, whatever it is. `null`: it is invalid, or no JSON; `too-old`: it may be
   * replayed, or the clock here is wrong.
   */
  verifyWebhook(body: Buffer, signature: string | undefined): { body: unknown } | 'too-old' | null;
}
