import { testCard } from './cards.ts';
import type { AnswerManner, TestCard } from './cards.ts';
import { newFact } from './objects.ts';
import type { State, StoredPaymentMethod, StripeFact } from './state.ts';

/** What an endpoint works with: the state, inside a transaction, and the facts it makes true. */
export interface Call {
  state: State;
  /** Where the emulator's own pages are. */
  origin: string;
  /** The request that is the reason; Stripe names it in the events it causes. */
  request: StripeFact['request'];
  /** To be told by webhook once the transaction has ended. */
  facts: StripeFact[];
}

/** What an endpoint answers, and how that travels where it does not simply go out. */
export interface Reply {
  body: object;
  manner?: AnswerManner | undefined;
}

/** Note a fact to be told by webhook. */
export function emitEvent(call: Call, type: string, object: object): void {
  call.facts.push(newFact(type, object, call.request));
}

/** The id in a field that Stripe's types also allow a whole object in; stored objects hold ids alone. */
export function idIn(reference: string | { id: string } | null): string {
  if (reference === null) throw new Error('There is no id');
  return typeof reference === 'string' ? reference : reference.id;
}

/** The payment method in a field, and what its card does. */
export function methodOf(
  call: Call,
  reference: string | { id: string } | null,
): { method: StoredPaymentMethod; card: TestCard } {
  const id = idIn(reference);
  const method = call.state.find('payment_method', id);
  if (method === null) throw new Error(`No payment method is stored as ${id}`);
  return { method, card: testCard(method.card) };
}
