import { z } from 'zod';

import { invalidParameter } from './api-error.ts';
import type { AttemptOutcome } from './attempt-payment.ts';
import type { Call, EndpointResult } from './call.ts';
import { paymentMethodOf } from './call.ts';
import {
  cancelPaymentIntent,
  capturePaymentIntent,
  confirmPaymentIntent,
  updatePaymentIntent,
} from './change-payment-intent.ts';
import { createPaymentIntent } from './create-payment-intent.ts';
import { endpoint, listOf, requireObject } from './endpoint.ts';
import {
  booleanParam,
  clearableText,
  commonParams,
  enumList,
  enumParam,
  integerParam,
  mergeMetadata,
  metadataParam,
  nonEmptyText,
  pagingParams,
  returnUrlParam,
} from './params.ts';

const descriptiveParams = {
  description: clearableText.optional(),
  receipt_email: clearableText.optional(),
  statement_descriptor: clearableText.optional(),
  metadata: metadataParam.optional(),
};

const confirmationParams = {
  payment_method: nonEmptyText.optional(),
  return_url: returnUrlParam.optional(),
  off_session: booleanParam.optional(),
  error_on_requires_action: booleanParam.optional(),
  use_stripe_sdk: booleanParam.optional(),
};

/** Options per type of payment method; stored and returned, without effect. */
const methodOptions = z.record(z.string(), z.record(z.string(), z.unknown())).optional();

const CreateParams = z.strictObject({
  ...commonParams,
  ...descriptiveParams,
  ...confirmationParams,
  amount: integerParam(1),
  currency: nonEmptyText,
  confirm: booleanParam.optional(),
  automatic_payment_methods: z
    .strictObject({ enabled: booleanParam, allow_redirects: enumParam('always', 'never').default('always') })
    .optional(),
  capture_method: enumParam('automatic', 'automatic_async', 'manual').default('automatic_async'),
  confirmation_method: enumParam('automatic').default('automatic'), // manual asks for a second confirmation after 3-D Secure
  allowed_payment_method_types: enumList('card').optional(), // of Stripe's types; the emulator has cards alone
  payment_method_options: methodOptions,
  statement_descriptor_suffix: clearableText.optional(),
});

const UpdateParams = z.strictObject({
  ...commonParams,
  ...descriptiveParams,
  amount: integerParam(1).optional(),
  payment_method: nonEmptyText.optional(),
});

const ConfirmParams = z.strictObject({
  ...commonParams,
  ...confirmationParams,
  receipt_email: clearableText.optional(),
  payment_method_options: methodOptions,
});

const CancelParams = z.strictObject({
  ...commonParams,
  cancellation_reason: enumParam('duplicate', 'fraudulent', 'requested_by_customer', 'abandoned').optional(),
});

const CaptureParams = z.strictObject({ ...commonParams, amount_to_capture: integerParam(1).optional() });

/** Endpoints of payment intents. */
export const paymentIntentEndpoints = [
  endpoint('POST', '/v1/payment_intents', CreateParams, (call, params) => {
    if (params.return_url !== undefined && params.confirm !== true) {
      const message = 'You can only set `return_url` if `confirm` is set to true.';
      throw invalidParameter(message, { param: 'return_url' });
    }
    const payment_method_types = params.allowed_payment_method_types;
    const automatic = params.automatic_payment_methods ?? {
      enabled: true,
      allow_redirects: 'always' as const,
    };
    const intent = createPaymentIntent(call, {
      amount: params.amount,
      currency: params.currency,
      automatic_payment_methods: payment_method_types === undefined && automatic.enabled ? automatic : null,
      capture_method: params.capture_method,
      confirmation_method: params.confirmation_method,
      description: params.description ?? null,
      metadata: mergeMetadata({}, params.metadata),
      payment_method: params.payment_method ?? null,
      payment_method_options: params.payment_method_options ?? {},
      payment_method_types: payment_method_types ?? ['card'],
      receipt_email: params.receipt_email ?? null,
      statement_descriptor: params.statement_descriptor ?? null,
      statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
    });
    if (params.confirm !== true) return { body: intent };
    return resultOf(call, confirmPaymentIntent(call, intent, { ...attemptOf(params), paymentMethod: null }));
  }),

  endpoint('GET', '/v1/payment_intents', z.strictObject(pagingParams), (call, params) =>
    listOf(call, 'payment_intent', '/v1/payment_intents', params),
  ),

  endpoint(
    'GET',
    '/v1/payment_intents/:id',
    z.strictObject({ ...commonParams, client_secret: nonEmptyText.optional() }),
    (call, _params, id) => ({
      body: requireObject(call, 'payment_intent', id, 'intent'),
    }),
  ),

  endpoint('POST', '/v1/payment_intents/:id', UpdateParams, (call, { expand: _, ...change }, id) => ({
    body: updatePaymentIntent(call, requireObject(call, 'payment_intent', id, 'intent'), change),
  })),

  endpoint('POST', '/v1/payment_intents/:id/confirm', ConfirmParams, (call, params, id) => {
    const intent = requireObject(call, 'payment_intent', id, 'intent');
    const paymentMethod = params.payment_method ?? null;
    return resultOf(call, confirmPaymentIntent(call, intent, { ...attemptOf(params), paymentMethod }));
  }),

  endpoint('POST', '/v1/payment_intents/:id/cancel', CancelParams, (call, params, id) => ({
    body: cancelPaymentIntent(
      call,
      requireObject(call, 'payment_intent', id, 'intent'),
      params.cancellation_reason ?? null,
    ),
  })),

  endpoint('POST', '/v1/payment_intents/:id/capture', CaptureParams, (call, params, id) => ({
    body: capturePaymentIntent(
      call,
      requireObject(call, 'payment_intent', id, 'intent'),
      params.amount_to_capture,
    ),
  })),
];

function attemptOf(params: {
  off_session?: boolean | undefined;
  error_on_requires_action?: boolean | undefined;
  return_url?: string | undefined;
}) {
  return {
    offSession: params.off_session ?? false,
    errorOnRequiresAction: params.error_on_requires_action ?? false,
    returnUrl: params.return_url ?? null,
  };
}

/** Throw the decline, or return the intent in the response mode of its card. */
function resultOf(call: Call, { intent, refusal }: AttemptOutcome): EndpointResult {
  if (refusal) throw refusal;
  if (intent.payment_method === null) return { body: intent }; // cancelled by the limit on confirmations
  return { body: intent, responseMode: paymentMethodOf(call, intent.payment_method).card.responseMode };
}
