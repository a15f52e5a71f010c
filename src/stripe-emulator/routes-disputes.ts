import { z } from 'zod';

import { endDispute, submitEvidence } from './disputes.ts';
import { endpoint, listOf, requireObject } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { booleanParam, clearableText, commonParams, nonEmptyText, pagingParams } from './params.ts';

const ListParams = z.strictObject({ ...pagingParams, payment_intent: nonEmptyText.optional() });
const UpdateParams = z.strictObject({
  ...commonParams,
  evidence: z.strictObject({ uncategorized_text: clearableText.optional() }).optional(),
  submit: booleanParam.optional(),
});

/** Endpoints of disputes. */
export const disputeEndpoints: readonly Endpoint[] = [
  endpoint('GET', '/v1/disputes', ListParams, (call, { payment_intent, ...page }) =>
    listOf(
      call,
      'dispute',
      '/v1/disputes',
      page,
      payment_intent === undefined ? {} : { parent: payment_intent },
    ),
  ),

  endpoint('GET', '/v1/disputes/:id', z.strictObject(commonParams), (call, _params, id) => ({
    body: requireObject(call, 'dispute', id),
  })),

  endpoint('POST', '/v1/disputes/:id', UpdateParams, (call, { evidence, submit = true }, id) => ({
    body: submitEvidence(call, requireObject(call, 'dispute', id), {
      text: evidence?.uncategorized_text ?? null,
      submit,
    }),
  })),

  endpoint('POST', '/v1/disputes/:id/close', z.strictObject(commonParams), (call, _params, id) => ({
    body: endDispute(call, requireObject(call, 'dispute', id), 'lost'),
  })),
];
