import { eventNotFound } from '../../catalog/index.ts';
import type { ReserveTicketsInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { idempotentCall, type IdempotentCall } from '../../platform/db/idempotency.ts';
import { retriesExhausted } from '../../platform/errors.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import {
  countOutcome,
  invalidInput,
  validateIdempotencyKey,
  type idempotencyKeyReused,
} from '../../platform/outcomes.ts';
import type { AdmissionDenied } from '../../waiting-room/index.ts';
import type { HoldOutcome } from './commit-single.ts';
import { ALL_SAFETY_SWITCHES, type SafetySwitches } from './safety-switches.ts';
import {
  answerDenied,
  replayOutcome,
  submitOrder,
  type OrderPlatform,
  type SubmitOptions,
} from './submit-order.ts';
import { validateOrder, type OrderRefusal } from './validate-order.ts';

/**
 * The first attempt skips tickets that others have locked, the next waits for them. More are needed only if the call that had
 * stored the key was rolled back or forgotten meanwhile.
 */
const MAX_ATTEMPTS = 4;

/** Options of both ways to reserve. */
export interface ReserveOptions {
  /** Why the buyer may not hold tickets of the Event, by its waiting room; null: the buyer may. */
  denyAdmission?: (eventId: string) => Promise<AdmissionDenied | null>;
  /** Of the request: once it has aborted, nothing more is attempted. */
  signal?: AbortSignal | undefined;
  switches?: Readonly<SafetySwitches>;
}

type ReserveTicketsOutcome =
  HoldOutcome | OrderRefusal | AdmissionDenied['refusal'] | ReturnType<typeof idempotencyKeyReused>;

/** Hold the tickets that a buyer selected: all of them or none. */
export async function reserveTickets(
  platform: OrderPlatform,
  viewer: Viewer,
  input: ReserveTicketsInput,
  options: ReserveOptions = {},
): Promise<ReserveTicketsOutcome> {
  return countOutcome(platform, 'reserveTickets', await reserve(platform, viewer, input, options));
}

async function reserve(
  platform: OrderPlatform,
  viewer: Viewer,
  input: ReserveTicketsInput,
  { signal, switches = ALL_SAFETY_SWITCHES, denyAdmission }: ReserveOptions,
): Promise<ReserveTicketsOutcome> {
  const { idempotencyKey, ...rest } = input;
  const problems = validateIdempotencyKey(idempotencyKey);
  if (problems.length > 0) return invalidInput(problems);
  const eventId = decodeIdOf('Event', input.event)?.id;
  if (eventId === undefined) return eventNotFound();
  const call = idempotentCall({ eventId, viewerId: viewer.id, key: idempotencyKey }, 'reserveTickets', rest);
  const denied = (await denyAdmission?.(eventId)) ?? null;
  if (denied !== null) return answerDenied(platform.db, call, denied);

  for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts++) {
    const waitForLocks = attempts > 0;
    const outcome = await attempt(platform, viewer, input, call, { waitForLocks, switches, signal });
    if (outcome !== 'retry' && outcome.__typename === 'TicketsReserved') return outcome;
    const earlier = await replayOutcome(platform.db, call);
    if (earlier !== null) return earlier;
    if (outcome !== 'retry') return outcome;
    signal?.throwIfAborted();
  }
  throw retriesExhausted();
}

async function attempt(
  platform: OrderPlatform,
  viewer: Viewer,
  input: ReserveTicketsInput,
  call: IdempotentCall,
  options: SubmitOptions,
): Promise<HoldOutcome | OrderRefusal | 'retry'> {
  const order = await validateOrder(platform.db, viewer, input);
  return 'refusal' in order ? order.refusal : submitOrder(platform, call, order, options);
}
