import type { ReserveTicketsInput } from '../generated/graphql.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import { idempotentCall } from '../platform/db/idempotency.ts';
import { ALL_GUARDS, type Guards } from './guards.ts';
import { invalidInput } from './outcomes.ts';
import { answerAgain, keyProblems, placeOrder, type OrderAnswer, type OrderPlatform } from './place-order.ts';
import { readOrder, type OrderRefusal } from './read-order.ts';

/** What `reserveTickets` answers. */
export type ReserveTicketsAnswer = OrderAnswer | OrderRefusal;

/** Hold the tickets that a buyer chose: all of them or none. */
export async function reserveTickets(
  platform: OrderPlatform,
  viewer: Viewer,
  input: ReserveTicketsInput,
  guards: Readonly<Guards> = ALL_GUARDS,
): Promise<ReserveTicketsAnswer> {
  const answer = await reserve(platform, viewer, input, guards);
  platform.metrics.outcomes.inc({ useCase: 'reserveTickets', outcome: answer.__typename });
  return answer;
}

async function reserve(
  platform: OrderPlatform,
  viewer: Viewer,
  { idempotencyKey, ...wanted }: ReserveTicketsInput,
  guards: Readonly<Guards>,
): Promise<ReserveTicketsAnswer> {
  const problems = keyProblems(idempotencyKey);
  if (problems.length > 0) return invalidInput(problems);
  const call = idempotentCall(viewer.id, idempotencyKey, 'reserveTickets', wanted);

  const order = await readOrder(platform.db, viewer, { ...wanted, idempotencyKey });
  if ('refusal' in order) return (await answerAgain(platform.db, call)) ?? order.refusal;
  return placeOrder(platform, viewer, call, order, guards);
}
