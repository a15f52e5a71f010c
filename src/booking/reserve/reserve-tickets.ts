import type { ReserveTicketsInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { idempotentCall, type IdempotentCall } from '../../platform/db/idempotency.ts';
import {
  countOutcome,
  invalidInput,
  validateIdempotencyKey,
  type idempotencyKeyReused,
} from '../../platform/outcomes.ts';
import type { HoldAnswer } from './commit-single.ts';
import { ALL_SAFETY_SWITCHES, type SafetySwitches } from './safety-switches.ts';
import { answerAgain, placeOrder, type OrderPlatform } from './submit-order.ts';
import { readOrder, type OrderRefusal } from './validate-order.ts';

/** What `reserveTickets` answers. */
export type ReserveTicketsAnswer = HoldAnswer | OrderRefusal | ReturnType<typeof idempotencyKeyReused>;

/** Hold the tickets that a buyer chose: all of them or none. */
export async function reserveTickets(
  platform: OrderPlatform,
  viewer: Viewer,
  input: ReserveTicketsInput,
  guards: Readonly<SafetySwitches> = ALL_SAFETY_SWITCHES,
): Promise<ReserveTicketsAnswer> {
  return countOutcome(platform, 'reserveTickets', await reserve(platform, viewer, input, guards));
}

async function reserve(
  platform: OrderPlatform,
  viewer: Viewer,
  input: ReserveTicketsInput,
  guards: Readonly<SafetySwitches>,
): Promise<ReserveTicketsAnswer> {
  const { idempotencyKey, ...wanted } = input;
  const problems = validateIdempotencyKey(idempotencyKey);
  if (problems.length > 0) return invalidInput(problems);
  const call = idempotentCall(viewer.id, idempotencyKey, 'reserveTickets', wanted);

  for (let waitForLocks = false; ; waitForLocks = true) {
    const answer = await attempt(platform, viewer, input, call, { patient: waitForLocks, guards });
    if (answer !== 'again' && answer.__typename === 'TicketsReserved') return answer;
    const earlier = await answerAgain(platform.db, call);
    if (earlier !== null) return earlier;
    if (answer !== 'again') return answer;
  }
}

async function attempt(
  platform: OrderPlatform,
  viewer: Viewer,
  input: ReserveTicketsInput,
  call: IdempotentCall,
  options: { patient: boolean; guards: Readonly<SafetySwitches> },
): Promise<HoldAnswer | OrderRefusal | 'again'> {
  const order = await readOrder(platform.db, viewer, input);
  return 'refusal' in order ? order.refusal : placeOrder(platform, call, order, options);
}
