import { testCard } from './cards.ts';
import type { ResponseMode, TestCard } from './cards.ts';
import { newEvent } from './objects.ts';
import type { State, StoredPaymentMethod, StripeEvent } from './state.ts';

/** Context of an endpoint: the state, inside a transaction, and the events it emits. */
export interface Call {
  state: State;
  /** Base URL of the emulator's own pages. */
  origin: string;
  /** The request that causes the events; Stripe includes it in them. */
  request: StripeEvent['request'];
  /** Events to deliver by webhook after the commit. */
  events: StripeEvent[];
}

/** Response body of an endpoint, and its mode if it is not sent at once. */
export interface EndpointResult {
  body: object;
  responseMode?: ResponseMode | undefined;
}

/** Add an event to deliver after the commit. */
export function emitEvent(call: Call, type: string, object: object): void {
  call.events.push(newEvent(type, object, call.request));
}

/** The id in a field that is expandable by Stripe's types; stored objects hold ids only. */
export function idOf(reference: string | { id: string } | null): string {
  if (reference === null) throw new Error('id missing');
  return typeof reference === 'string' ? reference : reference.id;
}

/** The payment method in a field, and the behaviour of its test card. */
export function paymentMethodOf(
  call: Call,
  reference: string | { id: string } | null,
): { method: StoredPaymentMethod; card: TestCard } {
  const id = idOf(reference);
  const method = call.state.find('payment_method', id);
  if (method === null) throw new Error(`payment method ${id} not found`);
  return { method, card: testCard(method.card) };
}
