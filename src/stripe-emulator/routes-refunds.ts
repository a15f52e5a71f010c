import { z } from 'zod';

import { emitEvent } from './call.ts';
import { createRefund } from './create-refund.ts';
import { endpoint, listOf, requireObject } from './endpoint.ts';
import {
  commonParams,
  enumParam,
  integerParam,
  mergeMetadata,
  metadataParam,
  nonEmptyText,
  pagingParams,
} from './params.ts';

const CreateParams = z.strictObject({
  ...commonParams,
  payment_intent: nonEmptyText.optional(),
  charge: nonEmptyText.optional(),
  amount: integerParam(1).optional(),
  reason: enumParam('duplicate', 'fraudulent', 'requested_by_customer').optional(),
  metadata: metadataParam.optional(),
});

const ListParams = z.strictObject({ ...pagingParams, payment_intent: nonEmptyText.optional() });
const UpdateParams = z.strictObject({ ...commonParams, metadata: metadataParam.optional() });

/** Endpoints of refunds. */
export const refundEndpoints = [
  endpoint('POST', '/v1/refunds', CreateParams, (call, params) => ({
    body: createRefund(call, {
      payment_intent: params.payment_intent,
      charge: params.charge,
      amount: params.amount,
      reason: params.reason ?? null,
      metadata: mergeMetadata({}, params.metadata),
    }),
  })),

  endpoint('GET', '/v1/refunds', ListParams, (call, { payment_intent, ...page }) =>
    listOf(
      call,
      'refund',
      '/v1/refunds',
      page,
      payment_intent === undefined ? {} : { parent: payment_intent },
    ),
  ),

  endpoint('GET', '/v1/refunds/:id', z.strictObject(commonParams), (call, _params, id) => ({
    body: requireObject(call, 'refund', id),
  })),

  endpoint('POST', '/v1/refunds/:id', UpdateParams, (call, params, id) => {
    const refund = requireObject(call, 'refund', id);
    const updated = { ...refund, metadata: mergeMetadata(refund.metadata ?? {}, params.metadata) };
    call.state.save('refund', updated);
    emitEvent(call, 'refund.updated', updated);
    return { body: updated };
  }),
];
