import { randomInt } from 'node:crypto';
import type Stripe from 'stripe';

import { testCard } from './cards.ts';
import type { TestPaymentMethod } from './cards.ts';
import { nowSeconds } from './state.ts';
import type { StoredPaymentMethod, StripeEvent } from './state.ts';

/** API version of all objects; typed, so that an update of the SDK fails to compile until they are reviewed. */
export const API_VERSION: Stripe.LatestApiVersion = '2026-10-28.endive';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Generate an unguessable id of `length` letters and digits. */
export function randomId(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** Build a payment method from a test card, as Stripe does for each use of its id. */
export function newPaymentMethod(card: TestPaymentMethod): StoredPaymentMethod {
  const { brand, last4, country, funding } = testCard(card);
  const id = `pm_1${randomId(23)}`;
  // Other fields of the card (checks, networks, wallets) differ by API version, and are unused.
  const details = {
    brand,
    last4,
    country,
    funding,
    exp_month: 12,
    exp_year: 2040,
    fingerprint: randomId(16),
  };
  const object = {
    id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card: details as Stripe.PaymentMethod.Card,
    created: nowSeconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  } satisfies Stripe.PaymentMethod;
  return { id, card, object };
}

/** Fields of a new payment intent. */
export type NewIntent = Pick<
  Stripe.PaymentIntent,
  | 'amount'
  | 'automatic_payment_methods'
  | 'capture_method'
  | 'confirmation_method'
  | 'currency'
  | 'description'
  | 'metadata'
  | 'payment_method_options'
  | 'payment_method_types'
  | 'receipt_email'
  | 'statement_descriptor'
  | 'statement_descriptor_suffix'
> & { payment_method: string | null };

/** Build a payment intent without an attempt. */
export function newIntent(details: NewIntent): Stripe.PaymentIntent {
  const id = `pi_3${randomId(23)}`;
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    canceled_at: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomId(25)}`,
    created: nowSeconds(),
    customer: null,
    customer_account: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    next_action: null,
    on_behalf_of: null,
    payment_method_configuration_details: null,
    payment_record: null,
    processing: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    status: details.payment_method === null ? 'requires_payment_method' : 'requires_confirmation',
    transfer_data: null,
    transfer_group: null,
    ...details,
  };
}

/** Build the charge of one attempt. */
export function newCharge(
  intent: Stripe.PaymentIntent,
  method: StoredPaymentMethod,
  status: 'failed' | 'pending' | 'succeeded',
): Stripe.Charge {
  const { decline } = testCard(method.card);
  const failed = status === 'failed';
  const captured = status === 'succeeded' && intent.capture_method !== 'manual';
  return {
    id: `ch_3${randomId(23)}`,
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.object.billing_details,
    calculated_statement_descriptor: intent.statement_descriptor,
    captured,
    created: nowSeconds(),
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failed ? (decline?.code ?? null) : null,
    failure_message: failed ? (decline?.message ?? null) : null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: failed ? 'declined_by_network' : 'approved_by_network',
      reason: failed ? (decline?.decline_code ?? decline?.code ?? null) : null,
      risk_level: 'normal',
      risk_score: 1,
      seller_message: failed ? (decline?.message ?? null) : 'Payment complete.',
      type: failed ? 'issuer_declined' : 'authorized',
    },
    paid: status === 'succeeded',
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      card: method.object.card as unknown as Stripe.Charge.PaymentMethodDetails.Card,
      type: 'card',
    },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status,
    transfer_data: null,
    transfer_group: null,
  };
}

/** Build a refund of a charge. */
export function newRefund(
  charge: Stripe.Charge,
  details: Pick<Stripe.Refund, 'amount' | 'metadata' | 'reason' | 'status'>,
): Stripe.Refund {
  return {
    id: `re_3${randomId(23)}`,
    object: 'refund',
    balance_transaction: null,
    charge: charge.id,
    created: nowSeconds(),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    receipt_number: null,
    source_transfer_reversal: null,
    transfer_reversal: null,
    ...details,
  };
}

/** Build an event with a snapshot of its object. */
export function newEvent(type: string, object: object, request: StripeEvent['request']): StripeEvent {
  return {
    id: `evt_3${randomId(23)}`,
    object: 'event',
    api_version: API_VERSION,
    created: nowSeconds(),
    data: { object },
    livemode: false,
    pending_webhooks: 0,
    request,
    type,
  };
}
