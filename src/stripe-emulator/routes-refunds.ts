import { z } from 'zod';

import { emitEvent, idOf } from './call.ts';
import { createRefund } from './create-refund.ts';
import { endpoint, listOf, requireObject } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import type { Form } from './form.ts';
import {
  commonParams,
  enumParam,
  integerParam,
  mergeMetadata,
  metadataParam,
  nonEmptyText,
  pagingParams,
} from './params.ts';
import type { State } from './state.ts';

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
export const refundEndpoints: readonly Endpoint[] = [
  {
    ...endpoint('POST', '/v1/refunds', CreateParams, (call, params) => ({
      body: createRefund(call, {
        payment_intent: params.payment_intent,
        charge: params.charge,
        amount: params.amount,
        reason: params.reason ?? null,
        metadata: mergeMetadata({}, params.metadata),
      }),
    })),
    changes: paymentToRefund,
  },

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

/** The intent that a refund changes; it is locked meanwhile, as by any other request. */
function paymentToRefund(state: State, { payment_intent, charge }: Form): string | undefined {
  if (typeof payment_intent === 'string') return payment_intent;
  const intent = typeof charge === 'string' ? state.find('charge', charge)?.payment_intent : undefined;
  return intent ? idOf(intent) : undefined;
}
