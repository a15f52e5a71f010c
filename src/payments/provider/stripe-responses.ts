import Stripe from 'stripe';

import type { CardDeclined, PaymentStatus, RequestRefused, UnknownResult } from './payment-provider.ts';

/**
 * Decline codes that clients receive. That a card is reported lost, stolen or fraudulent must not be disclosed to its holder
 * (docs.stripe.com/declines/codes): all other codes become `card_declined`.
 */
const DISCLOSED_DECLINE_CODES = new Set([
  'authentication_required',
  'card_not_supported',
  'card_velocity_exceeded',
  'currency_not_supported',
  'expired_card',
  'incorrect_cvc',
  'incorrect_number',
  'incorrect_zip',
  'insufficient_funds',
  'invalid_cvc',
  'withdrawal_count_limit_exceeded',
]);

/** Map the status of an intent. */
export function readIntent(intent: Stripe.PaymentIntent): PaymentStatus {
  switch (intent.status) {
    case 'succeeded':
      return { kind: 'succeeded', justNow: false };
    case 'canceled':
      return { kind: 'cancelled' };
    case 'processing':
      return { kind: 'processing' };
    case 'requires_confirmation':
      return { kind: 'unconfirmed' };
    case 'requires_action':
      return {
        kind: 'requires-action',
        clientSecret: intent.client_secret ?? '',
        redirectUrl: intent.next_action?.redirect_to_url?.url ?? null,
      };
    case 'requires_payment_method':
      return intent.last_payment_error === null
        ? { kind: 'unconfirmed' }
        : readDecline(intent.last_payment_error, intent);
    default: // requires_capture, or a status that is newer than this code
      return unknown(`unexpected intent status ${intent.status}`, {
        code: 'unexpected_status',
        needsOperator: true,
      });
  }
}

/** Map the error of a failed request; rethrows what is not a Stripe error. */
export function readFailure(error: unknown): CardDeclined | RequestRefused | UnknownResult {
  const { errors } = Stripe;
  if (!(error instanceof errors.StripeError)) throw error;
  if (error instanceof errors.StripeCardError) return readDecline(error, intentIn(error));
  const reason = `${error.type}: ${error.message}`;
  if (error instanceof errors.StripeInvalidRequestError) {
    if (error.code === 'resource_missing' && error.param === 'intent') {
      return unknown(reason, { code: error.code, needsOperator: true }); // the key of another account: the payment may exist there
    }
    return {
      kind: 'refused',
      code: error.code ?? 'payment_refused',
      message: error.message,
      param: error.param ?? (isOfUsedMethod(error) ? 'payment_method' : null),
    };
  }
  const needsOperator =
    error instanceof errors.StripeAuthenticationError ||
    error instanceof errors.StripePermissionError ||
    error instanceof errors.StripeIdempotencyError;
  return unknown(reason, {
    code: error.type,
    needsOperator,
    inProgress: error.statusCode === 409,
    replayed: isReplayed(headersOf(error)),
  });
}

/** A payment method that was used up or detached is refused without a code and a parameter, by its sentence alone. */
const isOfUsedMethod = ({ code, message }: Stripe.errors.StripeError): boolean =>
  code === undefined && message.includes('PaymentMethod was previously used');

/** Build an inconclusive result. */
export const unknown = (
  reason: string,
  { code = 'unknown', needsOperator = false, inProgress = false, replayed = false } = {},
): UnknownResult => ({
  kind: 'unknown',
  code,
  reason,
  needsOperator,
  inProgress,
  replayed,
});

/** The headers of a response that is an error. */
export const headersOf = (error: unknown): Record<string, string> | undefined =>
  error instanceof Stripe.errors.StripeError ? error.headers : undefined;

/** Whether Stripe repeats what it answered to an earlier request with the same key (docs.stripe.com/error-low-level). */
export const isReplayed = (headers: Record<string, string> | undefined): boolean =>
  headers?.['idempotent-replayed'] === 'true';

/** The intent that an error carries. */
export function intentIn(error: unknown): Stripe.PaymentIntent | null {
  return error instanceof Stripe.errors.StripeError ? (error.payment_intent ?? null) : null;
}

/** Map the error of a request that charges nothing, and so is not declined. */
export function readRefusal(error: unknown): RequestRefused | UnknownResult {
  const failure = readFailure(error);
  return failure.kind === 'declined' ? refusal(failure.code, failure.message) : failure;
}

/** Map the error of a request that only reads: no retry succeeds after a refusal, which an operator has to end. */
export function readUnreadable(error: unknown): UnknownResult {
  const failure = readRefusal(error);
  if (failure.kind === 'unknown') return failure;
  const { code, message } = failure;
  return unknown(`${code}: ${message}`, { code, needsOperator: true });
}

/** Build a refusal that names no parameter. */
export const refusal = (code: string, message: string): RequestRefused => ({
  kind: 'refused',
  code,
  message,
  param: null,
});

interface Failure {
  code?: string | null | undefined;
  decline_code?: string | null | undefined;
  message?: string | null | undefined;
}

function readDecline(failure: Failure, intent: Stripe.PaymentIntent | null): CardDeclined {
  const charge = intent?.latest_charge ?? null;
  const code = failure.code ?? 'card_declined';
  const declineCode = failure.decline_code ?? '';
  return {
    kind: 'declined',
    code: code === 'card_declined' && DISCLOSED_DECLINE_CODES.has(declineCode) ? declineCode : code,
    declineCode,
    message: failure.message ?? 'Your card was declined.',
    chargeId: typeof charge === 'string' ? charge : (charge?.id ?? null),
  };
}

/** The database and the Event that the metadata of a payment names; others than this program's are no ids of an Event. */
export function ownerIn(metadata: Stripe.Metadata): { shopId: string | null; eventId: string | null } {
  const { shopId, eventId } = metadata;
  return { shopId: shopId ?? null, eventId: eventId !== undefined && UUID.test(eventId) ? eventId : null };
}

/** An id of this program. */
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
