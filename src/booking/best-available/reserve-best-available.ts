import { randomInt } from 'node:crypto';

import { eventNotFound } from '../../catalog/index.ts';
import type { ReserveBestAvailableInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { idempotentCall, type IdempotentCall } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import {
  countOutcome,
  invalidInput,
  validateIdempotencyKey,
  type idempotencyKeyReused,
} from '../../platform/outcomes.ts';
import type { AdmissionDenied } from '../../waiting-room/index.ts';
import { noSeatsTogether } from '../outcomes.ts';
import type { HoldOutcome } from '../reserve/commit-single.ts';
import type { ReserveOptions } from '../reserve/reserve-tickets.ts';
import { ALL_SAFETY_SWITCHES } from '../reserve/safety-switches.ts';
import {
  answerDenied,
  replayOutcome,
  submitExclusiveOrder,
  submitOrder,
  type OrderPlatform,
  type SubmitOptions,
} from '../reserve/submit-order.ts';
import type { Order, OrderRefusal } from '../reserve/validate-order.ts';
import { chartOf } from '../seats/seat-chart.ts';
import { readFree } from '../store/tickets.ts';
import { CLAIMED, openSharedAvailability, type SharedAvailability } from './availability-view.ts';
import { chooseBest, countAvailable, type Choice } from './choose-best.ts';
import { validateCriteria, type BestAvailableRequest } from './validate-criteria.ts';

/**
 * Attempts that race other buyers for the next best seats, then attempts with exclusive choice at the Event. Exclusive
 * attempts can still lose to racing ones: on a loaded machine, three servers' worth of them won four times in a row. So
 * many attempts keep a buyer from being refused while there are seats.
 */
const MAX_ATTEMPTS = { racing: 4, exclusive: 24 };
/** With every lost race the choice is made at random among four times as many of the best. */
const SPREAD_FACTOR = 4;

/** Refusals that mean another buyer was faster; only buyers who selected the seats themselves receive them. */
type LostRace = Extract<
  HoldOutcome,
  { __typename: 'TicketsUnavailable' | 'NotEnoughTickets' | 'TicketsAlreadyYours' | 'OrphanSeat' }
>;

type ReserveBestAvailableOutcome =
  | Exclude<HoldOutcome, LostRace>
  | OrderRefusal
  | AdmissionDenied['refusal']
  | ReturnType<typeof noSeatsTogether>
  | ReturnType<typeof idempotencyKeyReused>;

/**
 * Choose the best free tickets that meet the criteria and hold them with `submitOrder`, as selected tickets are. When
 * another buyer is faster, choose the next best.
 */
export async function reserveBestAvailable(
  platform: OrderPlatform,
  viewer: Viewer,
  input: ReserveBestAvailableInput,
  options: Pick<ReserveOptions, 'signal' | 'denyAdmission'> = {},
): Promise<ReserveBestAvailableOutcome> {
  return countOutcome(platform, 'reserveBestAvailable', await reserve(platform, viewer, input, options));
}

async function reserve(
  platform: OrderPlatform,
  viewer: Viewer,
  input: ReserveBestAvailableInput,
  { signal, denyAdmission }: Pick<ReserveOptions, 'signal' | 'denyAdmission'>,
): Promise<ReserveBestAvailableOutcome> {
  const { idempotencyKey, ...rest } = input;
  const problems = validateIdempotencyKey(idempotencyKey);
  if (problems.length > 0) return invalidInput(problems);
  const eventId = decodeIdOf('Event', input.event)?.id;
  if (eventId === undefined) return eventNotFound();
  const call = idempotentCall(
    { eventId, viewerId: viewer.id, key: idempotencyKey },
    'reserveBestAvailable',
    rest,
    { ...rest, accessible: rest.accessible ?? 0 },
  );
  const denied = (await denyAdmission?.(eventId)) ?? null;
  if (denied !== null) return answerDenied(platform.db, call, denied);

  const request = await validateCriteria(platform.db, viewer, input);
  const outcome = 'refusal' in request ? request.refusal : await reserveBest(platform, call, request, signal);
  if (outcome.__typename === 'TicketsReserved') return outcome;
  return (await replayOutcome(platform.db, call)) ?? outcome;
}

async function reserveBest(
  platform: OrderPlatform,
  call: IdempotentCall,
  request: BestAvailableRequest,
  signal: AbortSignal | undefined,
): Promise<ReserveBestAvailableOutcome> {
  const { sale, layout } = request;
  using availability = openSharedAvailability(platform.db, sale.eventId, layout.places);
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const free = await availability.read();
    const contended = attempt > 1 || free.includes(CLAIMED);
    const unclaimed = choose(request, free, contended ? SPREAD_FACTOR ** attempt : 1);
    // if all that is left is claimed, compete for it: the claims may be given up
    const choice =
      unclaimed ?? (contended ? choose(request, claimedAsFree(free), SPREAD_FACTOR ** attempt) : null);
    if (choice === null || attempt > MAX_ATTEMPTS.racing + MAX_ATTEMPTS.exclusive) {
      const left = countAvailable(chartOf(layout), claimedAsFree(free), request.criteria);
      return noSeatsTogether(left, request.criteria);
    }
    const outcome =
      attempt <= MAX_ATTEMPTS.racing
        ? await submitChoice(
            platform,
            call,
            buildOrder(request, choice, unclaimed === null),
            { waitForLocks: attempt > 1, switches: ALL_SAFETY_SWITCHES, signal },
            availability,
          )
        : await availability.runExclusive(() => submitExclusively(platform, call, request, signal));
    if (outcome === 'retry') {
      const earlier = await replayOutcome(platform.db, call);
      if (earlier !== null) return earlier;
    } else if (outcome !== null && !isLostRace(outcome)) return outcome;
  }
}

/** Submit a choice while others of this process avoid its places. */
async function submitChoice(
  platform: OrderPlatform,
  call: IdempotentCall,
  order: Order,
  options: SubmitOptions,
  availability: SharedAvailability,
): Promise<HoldOutcome | 'retry'> {
  using claim = availability.claim(order.selection.kind === 'PLACES' ? order.selection.places : []);
  const outcome = await submitOrder(platform, call, order, options);
  if (outcome !== 'retry' && outcome.__typename === 'TicketsReserved') claim.confirm();
  return outcome;
}

/** Choose and hold in one transaction that excludes other exclusive choices and waits for locks. */
function submitExclusively(
  platform: OrderPlatform,
  call: IdempotentCall,
  request: BestAvailableRequest,
  signal: AbortSignal | undefined,
): Promise<HoldOutcome | 'retry' | null> {
  const { sale, layout } = request;
  const chooseNow = async (tx: Tx) => {
    const choice = choose(request, await readFree(tx, sale.eventId, layout.places), 1);
    return choice && buildOrder(request, choice, true);
  };
  return submitExclusiveOrder(platform, call, chooseNow, signal);
}

const choose = (
  { sale, layout, criteria }: BestAvailableRequest,
  free: Uint8Array,
  pickFrom: number,
): Choice | null =>
  chooseBest(chartOf(layout), free, criteria, { orphanRule: sale.orphanRule, pickFrom, random });

/** The orphan rule applies to seats near each other: seats far apart are all that is left, and wheelchair places are few. */
function buildOrder(
  { sale, layout, criteria }: BestAvailableRequest,
  choice: Choice,
  exactPlaces: boolean,
): Order {
  const order = { sale, layout, exactPlaces };
  if (choice.kind === 'AREA') {
    const areas = [{ area: choice.area, quantity: criteria.quantity }];
    return { ...order, selection: { kind: 'AREAS', areas }, enforceOrphanRule: false };
  }
  const near = choice.within === 'ROW' || choice.within === 'SPLIT_ROW' || choice.within === 'TWO_ROWS';
  const enforceOrphanRule = sale.orphanRule && near && criteria.accessible === 0;
  return { ...order, selection: { kind: 'PLACES', places: choice.places }, enforceOrphanRule };
}

const claimedAsFree = (free: Uint8Array): Uint8Array => free.map((state) => (state === CLAIMED ? 1 : state));

const random = (below: number): number => (below === 1 ? 0 : randomInt(below));

const isLostRace = (outcome: HoldOutcome): outcome is LostRace =>
  outcome.__typename === 'TicketsUnavailable' ||
  outcome.__typename === 'NotEnoughTickets' ||
  outcome.__typename === 'TicketsAlreadyYours' ||
  outcome.__typename === 'OrphanSeat';
