import Stripe from 'stripe';

import type { PaymentProvider, PaymentStatus, Refunded, RequestRefused } from './payment-provider.ts';
import { toStripeAmount } from './stripe-amount.ts';
import { intentIn, readFailure, readIntent, unknown } from './stripe-responses.ts';

/** Where Stripe is and who we are there. */
export interface StripeAccess {
  secretKey: string;
  /** What webhooks are signed with; two, separated by a comma, while one takes over from the other. */
  webhookSecret: string;
  /** `null`: Stripe itself. */
  apiUrl: string | null;
  /** How long a charge may take; see below for why. */
  timeoutMs?: number;
}

/**
 * How long charging a card may take. Stripe answers a charge in one to three seconds and gives up on a bank after some thirty;
 * a buyer who has waited for ten is better told "not yet" while the job goes on asking.
 */
const DEFAULT_CHARGE_TIMEOUT_MS = 10_000;

/** Everything but a charge is done in a tenth of a second, and tried twice. */
const REQUEST_TIMEOUT_MS = 5_000;

/** How old a webhook's signature may be: Stripe's own advice. Against replays; our clock and theirs may differ by less. */
const MAX_SIGNATURE_AGE_SECONDS = 300;

/** Open Stripe's client. Nothing is sent before the first call. */
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
    async createIntent({ bookingId, price, paymentMethod, metadata }) {
      try {
        const intent = await stripe.paymentIntents.create(
          {
            ...toStripeAmount(price),
            payment_method: paymentMethod,
            allowed_payment_method_types: ['card'],
            description: `Booking ${bookingId}`,
            metadata: { ...metadata },
          },
          { idempotencyKey: `${bookingId}:create` },
        );
        return { kind: 'created', intentId: intent.id };
      } catch (error) {
        if (error instanceof RangeError) return refusal('amount_not_payable', error.message);
        return readFailure(error);
      }
    },

    async confirmIntent({ bookingId, intentId, returnUrl }) {
      try {
        const intent = await stripe.paymentIntents.confirm(
          intentId,
          returnUrl === null ? {} : { return_url: returnUrl },
          // One try: what a second would find out, looking the intent up finds out sooner and for certain.
          { idempotencyKey: `${bookingId}:confirm`, maxNetworkRetries: 0, timeout: timeoutMs },
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
        // No key of ours: a refusal ("it is being processed") would be replayed when it is no longer true.
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
        const failure = readFailure(error);
        return (
          (await findRefund(intentId)) ??
          (failure.kind === 'declined' ? refusal(failure.code, failure.message) : failure)
        );
      }
    },

    async retrieveRefundStatus(refundId) {
      try {
        return (await stripe.refunds.retrieve(refundId)).status;
      } catch (error) {
        readFailure(error); // throws what is not Stripe's
        return null;
      }
    },

    verifyWebhook(body, signature) {
      for (const secret of secrets) {
        try {
          return stripe.webhooks.constructEvent(body, signature ?? '', secret, MAX_SIGNATURE_AGE_SECONDS);
        } catch (error) {
          if (error instanceof SyntaxError) return null; // signed with our secret, and no JSON: nobody's event
          if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
        }
      }
      return null;
    },
  };

  /** A refund that was made although the call failed, or made by hand. `null`: there is none, or no telling. */
  async function findRefund(intentId: string): Promise<Refunded | null> {
    try {
      const { data } = await stripe.refunds.list({ payment_intent: intentId, limit: 100 });
      const valid = data.find(({ status }) => status !== 'failed' && status !== 'canceled');
      return valid ? { kind: 'refunded', refundId: valid.id, status: valid.status ?? 'pending' } : null;
    } catch (error) {
      readFailure(error); // throws what is not Stripe's
      return null;
    }
  }
}

/** An error about an intent often says how it stands; that is worth more than the error. */
function readIntentError(error: unknown): PaymentStatus | RequestRefused {
  const intent = intentIn(error);
  const failure = readFailure(error);
  return failure.kind === 'refused' && intent !== null ? readIntent(intent) : failure;
}

/** Where no refusal was expected, it says nothing about the intent. */
function unknownIfRefused(answer: PaymentStatus | RequestRefused): PaymentStatus {
  if (answer.kind !== 'refused') return answer;
  return unknown(`${answer.code}: ${answer.message}`, { needsOperator: true });
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
