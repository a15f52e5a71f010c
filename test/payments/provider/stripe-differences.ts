import type Stripe from 'stripe';

import { DESCRIBED_VERSION } from '../../support/stripe-mock.ts';

/**
 * Where the API version of the SDK and the one that stripe-mock describes differ, in the objects and parameters that the code uses.
 * The types of the SDK check each entry; an update of SDK or stripe-mock fails to compile or fails its test until it is reviewed.
 */
export const VERSIONS = {
  sdk: '2026-10-28.endive' satisfies Stripe.LatestApiVersion,
  stripeMock: DESCRIBED_VERSION satisfies '2026-08-26.dahlia',
};

/** Fields of the SDK's version that stripe-mock does not have. */
export const ADDED_FIELDS = {
  payment_intent: ['payment_record', 'source'] satisfies (keyof Stripe.PaymentIntent)[],
  charge: ['source'] satisfies (keyof Stripe.Charge)[],
  refund: [] satisfies (keyof Stripe.Refund)[],
  dispute: ['intended_submission_method'] satisfies (keyof Stripe.Dispute)[],
};

type OptionalKey<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** Optional fields that stripe-mock always sends, and Stripe and the emulator do not. */
export const OPTIONAL_FIELDS = {
  payment_intent: [] satisfies OptionalKey<Stripe.PaymentIntent>[],
  charge: ['refunds'] satisfies OptionalKey<Stripe.Charge>[],
  refund: [] satisfies OptionalKey<Stripe.Refund>[],
  dispute: ['payment_method_details'] satisfies OptionalKey<Stripe.Dispute>[],
};

type Removed<K extends string> = K extends keyof Stripe.PaymentIntentCreateParams ? never : K;

/** Parameters of a new intent that stripe-mock takes, and the SDK's version does not. */
export const REMOVED_PARAMS = ['payment_method_types'] satisfies Removed<'payment_method_types'>[];

/** Fields that the code reads. */
export const FIELDS_READ = {
  payment_intent: [
    'id',
    'status',
    'client_secret',
    'next_action',
    'last_payment_error',
    'latest_charge',
    'metadata',
    'amount_received',
    'currency',
  ] satisfies (keyof Stripe.PaymentIntent)[],
  charge: [
    'id',
    'payment_intent',
    'paid',
    'captured',
    'metadata',
    'amount_captured',
    'currency',
  ] satisfies (keyof Stripe.Charge)[],
  refund: [
    'id',
    'status',
    'amount',
    'currency',
    'metadata',
    'payment_intent',
  ] satisfies (keyof Stripe.Refund)[],
  dispute: [
    'id',
    'payment_intent',
    'amount',
    'currency',
    'status',
    'reason',
    'evidence_details',
    'created',
    'balance_transactions',
  ] satisfies (keyof Stripe.Dispute)[],
};

/** Kinds of objects that the code reads. */
export type ObjectKind = keyof typeof FIELDS_READ;
