import type Stripe from 'stripe';
import { z } from 'zod';

import { isStorable } from '../../platform/text/clean.ts';

/** Ids and types of Stripe have some 30 characters. */
const MAX_ID_LENGTH = 255;

const id = z.string().refine((text) => isStorable(text, MAX_ID_LENGTH));

const Event = z.object({ id, type: id, livemode: z.boolean() });
/** A thin event of Stripe's API v2: it has no object, and some have no mode. */
const ThinEvent = z.object({ object: z.literal('v2.core.event') });
const Intent = z.object({ id, metadata: z.record(z.string(), z.string()) });
/** A charge, a refund or a dispute. */
const OfIntent = z.object({ id, payment_intent: z.union([id, z.object({ id })]).nullish() });

/** Whether a signed body is an event, which the inbox can store. */
export const isEvent = (body: unknown): body is Stripe.Event => Event.safeParse(body).success;

/** Whether a signed body is a thin event. */
export const isThinEvent = (body: unknown): boolean => ThinEvent.safeParse(body).success;

/** Paths in the object of an event of a handled type at which it is not as its handler reads it. */
export function findMisshapen({ type, data }: Stripe.Event): string[] {
  const shape = type.startsWith('payment_intent.') ? Intent : OfIntent;
  const { error } = z.object({ object: shape }).safeParse(data);
  return error?.issues.map(({ path }) => ['data', ...path].join('.')) ?? [];
}
