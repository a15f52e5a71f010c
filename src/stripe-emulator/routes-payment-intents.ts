import { z } from 'zod';

import { invalidParameter } from './api-error.ts';
import type { Outcome } from './attempt-payment.ts';
import type { Call, Reply } from './call.ts';
import { methodOf } from './call.ts';
import {
  cancelPaymentIntent,
  capturePaymentIntent,
  confirmPaymentIntent,
  updatePaymentIntent,
} from './change-payment-intent.ts';
import { createPaymentIntent } from './create-payment-intent.ts';
import { endpoint, listOf, requireObject } from './endpoint.ts';
import {
  clearable,
  common,
  filled,
  flag,
  integerParam,
  mergeMetadata,
  metadata,
  oneOf,
  paging,
  returnAddress,
  texts,
} from './params.ts';

const words = {
  description: clearable.optional(),
  receipt_email: clearable.optional(),
  statement_descriptor: clearable.optional(),
  metadata: metadata.optional(),
};

const confirmation = {
  payment_method: filled.optional(),
  return_url: returnAddress.optional(),
  off_session: flag.optional(),
  error_on_requires_action: flag.optional(),
  use_stripe_sdk: flag.optional(),
};

/** Options per kind of payment method; they are kept and shown, and change nothing here. */
const methodOptions = z.record(z.string(), z.record(z.string(), z.unknown())).optional();

const CreateParams = z.strictObject({
  ...common,
  ...words,
  ...confirmation,
  amount: integerParam(1),
  currency: filled,
  confirm: flag.optional(),
  automatic_payment_methods: z
    .strictObject({ enabled: flag, allow_redirects: oneOf('always', 'never').default('always') })
    .optional(),
  capture_method: oneOf('automatic', 'automatic_async', 'manual').default('automatic_async'),
  confirmation_method: oneOf('automatic', 'manual').default('automatic'),
  allowed_payment_method_types: texts.optional(),
  payment_method_types: texts.optional(), // what it was called before the API of 2026-09
  payment_method_options: methodOptions,
  statement_descriptor_suffix: clearable.optional(),
});

const UpdateParams = z.strictObject({
  ...common,
  ...words,
  amount: integerParam(1).optional(),
  payment_method: filled.optional(),
});

const ConfirmParams = z.strictObject({
  ...common,
  ...confirmation,
  receipt_email: clearable.optional(),
  payment_method_options: methodOptions,
});

const CancelParams = z.strictObject({
  ...common,
  cancellation_reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer', 'abandoned').optional(),
});

const CaptureParams = z.strictObject({ ...common, amount_to_capture: integerParam(1).optional() });

/** Everything about payment intents. */
export const paymentIntentEndpoints = [
  endpoint('POST', '/v1/payment_intents', CreateParams, (call, params) => {
    if (params.return_url !== undefined && params.confirm !== true) {
      const message = 'You can only set `return_url` if `confirm` is set to true.';
      throw invalidParameter(message, { param: 'return_url' });
    }
    const payment_method_types = params.allowed_payment_method_types ?? params.payment_method_types;
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
    return answerTo(call, confirmPaymentIntent(call, intent, { ...attemptOf(params), paymentMethod: null }));
  }),

  endpoint('GET', '/v1/payment_intents', z.strictObject(paging), (call, params) =>
    listOf(call, 'payment_intent', '/v1/payment_intents', params),
  ),

  endpoint(
    'GET',
    '/v1/payment_intents/:id',
    z.strictObject({ ...common, client_secret: filled.optional() }),
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
    return answerTo(call, confirmPaymentIntent(call, intent, { ...attemptOf(params), paymentMethod }));
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

/** The refusal is thrown, the success answered in the manner of the card. */
function answerTo(call: Call, { intent, refusal }: Outcome): Reply {
  if (refusal) throw refusal;
  return { body: intent, manner: methodOf(call, intent.payment_method).card.manner };
}
