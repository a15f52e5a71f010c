import { z } from 'zod';

import { endpoint, listOf, requireObject } from './endpoint.ts';
import { commonParams, nonEmptyText, pagingParams, textList } from './params.ts';

const One = z.strictObject(commonParams);
const ChargeListParams = z.strictObject({ ...pagingParams, payment_intent: nonEmptyText.optional() });
const EventListParams = z.strictObject({
  ...pagingParams,
  type: nonEmptyText.optional(),
  types: textList.optional(),
});

/** Read-only endpoints: charges, payment methods and events. */
export const recordEndpoints = [
  endpoint('GET', '/v1/charges', ChargeListParams, (call, { payment_intent, ...page }) =>
    listOf(
      call,
      'charge',
      '/v1/charges',
      page,
      payment_intent === undefined ? {} : { parent: payment_intent },
    ),
  ),
  endpoint('GET', '/v1/charges/:id', One, (call, _params, id) => ({
    body: requireObject(call, 'charge', id),
  })),

  endpoint('GET', '/v1/payment_methods/:id', One, (call, _params, id) => ({
    body: requireObject(call, 'payment_method', id).object,
  })),

  endpoint('GET', '/v1/events', EventListParams, (call, { type, types, ...page }) => {
    const wanted = type === undefined ? types : [type];
    return listOf(call, 'event', '/v1/events', page, wanted === undefined ? {} : { types: wanted });
  }),
  endpoint('GET', '/v1/events/:id', One, (call, _params, id) => ({ body: requireObject(call, 'event', id) })),
];
