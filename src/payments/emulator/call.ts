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
export function tell(call: Call, type: string, object: object): void {
  call.facts.push(newFact(type, object, call.request));
}

/** The payment method stored under an id, and what its card does. */
export function methodOf(call: Call, id: unknown): { method: StoredPaymentMethod; card: TestCard } {
  const method = typeof id === 'string' ? call.state.find('payment_method', id) : null;
  if (method === null) throw new Error(`No payment method is stored as ${String(id)}`);
  return { method, card: testCard(method.card) };
}
