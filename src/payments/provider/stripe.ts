import Stripe from 'stripe';

import type { PaymentProvider } from './payment-provider.ts';
import { openDisputes } from './stripe-disputes.ts';
import { openIntents } from './stripe-intents.ts';
import { openLists } from './stripe-lists.ts';
import { openRefunds } from './stripe-refunds.ts';

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
/** The SDK does not tell an old signature from a forged one. */
const ANY_AGE = 0;

/** Whether a key, secret or restricted, is one of live mode. */
export const isOfLiveMode = (secretKey: string): boolean => /^[sr]k_live_/.test(secretKey);

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
  const { signature: signatures } = stripe.webhooks;

  return {
    ...openIntents(stripe, timeoutMs),
    ...openRefunds(stripe),
    ...openDisputes(stripe),
    ...openLists(stripe),

    verifyWebhook(body, signature) {
      // Not `constructEvent`: it throws for thin events, which an endpoint may get as well.
      const verify = (secret: string, toleranceSeconds: number): { body: unknown } | null => {
        try {
          const holds = signatures?.verifyHeader(body, signature ?? '', secret, toleranceSeconds) === true;
          return holds ? { body: JSON.parse(body.toString('utf8')) } : null;
        } catch {
          return null; // a StripeSignatureVerificationError, a SyntaxError, or a plain Error for headers such as `t=1,v1=`
        }
      };
      for (const secret of secrets) {
        const event = verify(secret, MAX_SIGNATURE_AGE_SECONDS);
        if (event !== null) return event;
        if (verify(secret, ANY_AGE) !== null) return 'too-old';
      }
      return null;
    },
  };
}

function hostOptions(apiUrl: string): { protocol: 'http' | 'https'; host: string; port: number } {
  const { protocol, hostname, port } = new URL(apiUrl);
  const secure = protocol === 'https:';
  return {
    protocol: secure ? 'https' : 'http',
    host: hostname,
    port: port === '' ? (secure ? 443 : 80) : Number(port),
  };
}
