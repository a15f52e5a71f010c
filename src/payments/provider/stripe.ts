import Stripe from 'stripe';

import type {
  PaymentProvider,
  PaymentStatus,
  Refunded,
  RequestRefused,
  UnknownResult,
} from './payment-provider.ts';
import { toStripeAmount } from './stripe-amount.ts';
import { intentIn, readFailure, readIntent, unknown } from './stripe-responses.ts';

/** Address and credentials of Stripe. */
export interface StripeAccess {
  secretKey: string;
  /** Signing secret of webhooks; during a rotation two, separated by a comma. */
  webhookSecret: string;
  /** `null`: api.stripe.com. */
  apiUrl: string | null;
  /** Timeout of the request that charges a card. */
  timeoutMs?: number;
}

/**
 * A charge takes Stripe one to three seconds, and a slow bank some thirty. After ten the buyer gets `PaymentPending`, and the
 * recovery job polls the result.
 */
const DEFAULT_CHARGE_TIMEOUT_MS = 10_000;

/** All requests but a charge take Stripe a tenth of a second; they are retried once. */
const REQUEST_TIMEOUT_MS = 5_000;

/** Rejects replayed webhooks. Stripe's default; it also bounds the clock skew. */
const MAX_SIGNATURE_AGE_SECONDS = 300;

/** Open the client of Stripe. Sends no request. */
export function openStripe(access: StripeAccess): PaymentProvider {
  const timeoutMs = access.timeoutMs ?? DEFAULT_CHARGE_TIMEOUT_MS;
  const stripe = new Stripe(access.secretKey, {
    ...(access.apiUrl === null ? {} : hostOptions(access.apiUrl)),
    timeout: Math.min(timeoutMs, REQUEST_TIMEOUT_MS),
    maxNetworkRetries: 1,
    telemetry: false,
    appInfo: { name: 'Onsale' },
  });
  const secrets = access.webhookSecret.split(',').map((secret) => secret.trim());

  return {
    async createIntent({ price, metadata, idempotencyKey }) {
      try {
        const intent = await stripe.paymentIntents.create(
          {
            ...toStripeAmount(price),
            allowed_payment_method_types: ['card'],
            description: `Reservation ${metadata.reservationId}`,
            metadata: { ...metadata },
          },
          { idempotencyKey },
        );
        return { kind: 'created', intentId: intent.id };
      } catch (error) {
        if (error instanceof RangeError) return refusal('amount_not_payable', error.message);
        return readRefusal(error);
      }
    },

    async confirmIntent({ intentId, paymentMethod, returnUrl, idempotencyKey }) {
      try {
        const intent = await stripe.paymentIntents.confirm(
          intentId,
          {
            ...(paymentMethod === null ? {} : { payment_method: paymentMethod }),
            ...(returnUrl === null ? {} : { return_url: returnUrl }),
          },
          // No retry: after a timeout, retrieving the intent is faster and conclusive.
          { idempotencyKey, maxNetworkRetries: 0, timeout: timeoutMs },
        );
        return readIntent(intent);
      } catch (error) {
        return readIntentError(error);
      }
    },

    async retrieveIntent(intentId) {
      try {
        return readIntent(await stripe.paymentIntents.retrieve(intentId));
      } catch (error) {
        return unknownIfRefused(readFailure(error));
      }
    },

    async cancelIntent(intentId) {
      try {
        // No idempotency key: it would replay a refusal ("is being processed") that is no longer true.
        return readIntent(await stripe.paymentIntents.cancel(intentId, { cancellation_reason: 'abandoned' }));
      } catch (error) {
        return unknownIfRefused(readIntentError(error));
      }
    },

    async refundIntent(intentId, bookingId) {
      try {
        const refund = await stripe.refunds.create(
          { payment_intent: intentId, metadata: { bookingId } },
          { idempotencyKey: `${intentId}:refund` },
        );
        return { kind: 'refunded', refundId: refund.id, status: refund.status ?? 'pending' };
      } catch (error) {
        const failure = readRefusal(error);
        return (await findRefund(intentId)) ?? failure;
      }
    },

    async retrieveRefunds(intentId) {
      try {
        const { data } = await stripe.refunds.list({ payment_intent: intentId, limit: 100 });
        const valid = data.filter(isValid);
        const refund = valid[0] ?? data[0];
        if (refund === undefined) return { kind: 'none' };
        const { amount_received: paid } = await stripe.paymentIntents.retrieve(intentId);
        const whole = valid.reduce((sum, { amount }) => sum + amount, 0) >= paid;
        return { kind: 'found', refundId: refund.id, status: refund.status ?? 'pending', whole };
      } catch (error) {
        const failure = readRefusal(error);
        return failure.kind === 'unknown'
          ? failure
          : unknown(`${failure.code}: ${failure.message}`, { needsOperator: true });
      }
    },

    async retrieveRefund(refundId) {
      try {
        const refund = await stripe.refunds.retrieve(refundId, { expand: ['payment_intent'] });
        const { status, payment_intent: intent } = refund;
        const shopId = typeof intent === 'string' ? null : intent?.metadata['shopId'];
        return { status: status ?? 'pending', shopId: shopId ?? null };
      } catch (error) {
        readFailure(error); // rethrows what is not a Stripe error
        return null;
      }
    },

    verifyWebhook(body, signature) {
      for (const secret of secrets) {
        try {
          return stripe.webhooks.constructEvent(body, signature ?? '', secret, MAX_SIGNATURE_AGE_SECONDS);
        } catch (error) {
          if (error instanceof SyntaxError) return null; // valid signature, invalid JSON
          // else StripeSignatureVerificationError, or a plain Error for headers such as `t=1,v1=`
        }
      }
      return null;
    },
  };

  /** Find a refund that exists although the request failed, or that was made in the dashboard. `null`: none, or unknown. */
  async function findRefund(intentId: string): Promise<Refunded | null> {
    try {
      const { data } = await stripe.refunds.list({ payment_intent: intentId, limit: 100 });
      const valid = data.find(isValid);
      return valid ? { kind: 'refunded', refundId: valid.id, status: valid.status ?? 'pending' } : null;
    } catch (error) {
      readFailure(error); // rethrows what is not a Stripe error
      return null;
    }
  }
}

/** Whether a refund gives money back: it is not rejected by the bank. */
const isValid = ({ status }: Stripe.Refund): boolean => status !== 'failed' && status !== 'canceled';

/**
 * Prefer the intent that an error carries: its status is more specific than the error code. Not while it takes a payment
 * method: its last error is that of an earlier attempt.
 */
function readIntentError(error: unknown): PaymentStatus | RequestRefused {
  const intent = intentIn(error);
  const failure = readFailure(error);
  if (failure.kind !== 'refused') return failure;
  if (intent === null)
    return failure.code === 'payment_intent_unexpected_state' ? unknown(failure.message) : failure;
  return intent.status === 'requires_payment_method' ? failure : readIntent(intent);
}

/** Read an unexpected refusal as unknown: it does not show the status of the intent. */
function unknownIfRefused(result: PaymentStatus | RequestRefused): PaymentStatus {
  if (result.kind !== 'refused') return result;
  return unknown(`${result.code}: ${result.message}`, { needsOperator: true });
}

/** Map the error of a request that charges nothing, and so is not declined. */
function readRefusal(error: unknown): RequestRefused | UnknownResult {
  const failure = readFailure(error);
  return failure.kind === 'declined' ? refusal(failure.code, failure.message) : failure;
}

const refusal = (code: string, message: string): RequestRefused => ({
  kind: 'refused',
  code,
  message,
  param: null,
});

function hostOptions(apiUrl: string): { protocol: 'http' | 'https'; host: string; port: number } {
  const { protocol, hostname, port } = new URL(apiUrl);
  const secure = protocol === 'https:';
  return {
    protocol: secure ? 'https' : 'http',
    host: hostname,
    port: port === '' ? (secure ? 443 : 80) : Number(port),
  };
}
