import { z } from 'zod';

import { endpoint, listOf, requireObject } from './endpoint.ts';
import { common, filled, paging, texts } from './params.ts';

const One = z.strictObject(common);
const ChargeListParams = z.strictObject({ ...paging, payment_intent: filled.optional() });
const EventListParams = z.strictObject({ ...paging, type: filled.optional(), types: texts.optional() });

/** What can only be read: charges, payment methods, and the events that webhooks tell. */
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
