import { randomInt } from 'node:crypto';

import type { ReserveBestAvailableInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { idempotentCall, type IdempotentCall } from '../../platform/db/idempotency.ts';
import {
  countOutcome,
  invalidInput,
  validateIdempotencyKey,
  type idempotencyKeyReused,
} from '../../platform/outcomes.ts';
import { noSeatsTogether } from '../outcomes.ts';
import type { HoldAnswer } from '../reserve/commit-single.ts';
import { ALL_SAFETY_SWITCHES } from '../reserve/safety-switches.ts';
import { answerAgain, placeOrder, placeOrderAlone, type OrderPlatform } from '../reserve/submit-order.ts';
import type { Order, OrderRefusal } from '../reserve/validate-order.ts';
import { chartOf } from '../seats/seat-chart.ts';
import { readFree } from '../store/tickets.ts';
import { CLAIMED, openFreePlaces, type FreePlaces } from './availability-view.ts';
import { chooseBest, countLeft, type Choice } from './choose-best.ts';
import { validateCriteria, type OpenOrder } from './validate-criteria.ts';

/**
 * How often to run for the next best when somebody else was faster; and how often then to choose while nobody else may.
 * Those who still run can be faster even then, one at a time: on a loaded machine three servers' worth of them were, four
 * times in a row. Nobody should be sent away while there are seats, so it takes more than bad luck to use these up.
 */
const TRIES = { racing: 4, alone: 24 };
/** With every race that was lost, run for one of four times as many of the best. */
const SPREAD = 4;

/** Lost to somebody else, which only matters to those who chose for themselves. */
type Lost = Extract<
  HoldAnswer,
  { __typename: 'TicketsUnavailable' | 'NotEnoughTickets' | 'TicketsAlreadyYours' | 'OrphanSeat' }
>;

/** What `reserveBestAvailable` answers. */
export type ReserveBestAvailableAnswer =
  | Exclude<HoldAnswer, Lost>
  | OrderRefusal
  | ReturnType<typeof noSeatsTogether>
  | ReturnType<typeof idempotencyKeyReused>;

/**
 * Choose the best tickets of a kind and hold them, by the same door as those that buyers choose themselves. When somebody
 * else is faster, take the next best.
 */
export async function reserveBestAvailable(
  platform: OrderPlatform,
  viewer: Viewer,
  input: ReserveBestAvailableInput,
): Promise<ReserveBestAvailableAnswer> {
  return countOutcome(platform, 'reserveBestAvailable', await reserve(platform, viewer, input));
}

async function reserve(
  platform: OrderPlatform,
  viewer: Viewer,
  input: ReserveBestAvailableInput,
): Promise<ReserveBestAvailableAnswer> {
  const { idempotencyKey, ...wanted } = input;
  const problems = validateIdempotencyKey(idempotencyKey);
  if (problems.length > 0) return invalidInput(problems);
  const call = idempotentCall(viewer.id, idempotencyKey, 'reserveBestAvailable', wanted);

  const order = await validateCriteria(platform.db, viewer, input);
  const answer = 'refusal' in order ? order.refusal : await takeBest(platform, call, order);
  if (answer.__typename === 'TicketsReserved') return answer;
  return (await answerAgain(platform.db, call)) ?? answer;
}

async function takeBest(
  platform: OrderPlatform,
  call: IdempotentCall,
  wanted: OpenOrder,
): Promise<ReserveBestAvailableAnswer> {
  const { sale, layout } = wanted;
  using places = openFreePlaces(platform.db, sale.eventId, layout.places);
  for (let attempt = 1; ; attempt++) {
    const free = await places.look();
    const crowded = attempt > 1 || free.includes(CLAIMED);
    const unclaimed = choose(wanted, free, crowded ? SPREAD ** attempt : 1);
    // if all that is left is about to be taken, wait for what becomes of it
    const choice = unclaimed ?? (crowded ? choose(wanted, withClaimed(free), SPREAD ** attempt) : null);
    if (choice === null || attempt > TRIES.racing + TRIES.alone) {
      return noSeatsTogether(countLeft(chartOf(layout), withClaimed(free), wanted.criteria));
    }
    const answer =
      attempt <= TRIES.racing
        ? await race(platform, call, orderOf(wanted, choice, unclaimed === null), attempt > 1, places)
        : await places.alone(() => chooseAlone(platform, call, wanted));
    if (answer === 'again') {
      const earlier = await answerAgain(platform.db, call);
      if (earlier !== null) return earlier;
    } else if (answer !== null && !isLost(answer)) return answer;
  }
}

/** Order what was chosen, as fast as we can: others may have chosen the same. */
async function race(
  platform: OrderPlatform,
  call: IdempotentCall,
  order: Order,
  patient: boolean,
  places: FreePlaces,
): Promise<HoldAnswer | 'again'> {
  using claim = places.claim(order.selection.kind === 'PLACES' ? order.selection.places : []);
  const answer = await placeOrder(platform, call, order, { patient, guards: ALL_SAFETY_SWITCHES });
  if (answer !== 'again' && answer.__typename === 'TicketsReserved') claim.confirm();
  return answer;
}

/** Choose while nobody else may, and wait for whoever is in the way: only who chose by hand can still be faster. */
function chooseAlone(
  platform: OrderPlatform,
  call: IdempotentCall,
  wanted: OpenOrder,
): Promise<HoldAnswer | 'again' | null> {
  const { sale, layout } = wanted;
  return placeOrderAlone(platform, call, sale.eventId, async (tx) => {
    const choice = choose(wanted, await readFree(tx, sale.eventId, layout.places), 1);
    return choice && orderOf(wanted, choice, true);
  });
}

const choose = ({ sale, layout, criteria }: OpenOrder, free: Uint8Array, among: number): Choice | null =>
  chooseBest(chartOf(layout), free, criteria, { orphanRule: sale.orphanRule, among, random });

/**
 * What is chosen far apart is so because nothing else is left, and wheelchair places are where they are: the no-orphan
 * rule would be in nobody's interest there.
 */
function orderOf({ sale, layout, criteria }: OpenOrder, choice: Choice, exactPlaces: boolean): Order {
  const order = { sale, layout, exactPlaces };
  if (choice.kind === 'AREA') {
    const areas = [{ area: choice.area, quantity: criteria.quantity }];
    return { ...order, selection: { kind: 'AREAS', areas }, enforceOrphanRule: false };
  }
  const near = choice.within === 'ROW' || choice.within === 'TWO_ROWS';
  const judged = sale.orphanRule && near && criteria.accessible === 0;
  return { ...order, selection: { kind: 'PLACES', places: choice.places }, enforceOrphanRule: judged };
}

/** What others of this process are about to take counts as free. */
const withClaimed = (free: Uint8Array): Uint8Array => free.map((state) => (state === CLAIMED ? 1 : state));

const random = (below: number): number => (below === 1 ? 0 : randomInt(below));

const isLost = (answer: HoldAnswer): answer is Lost =>
  answer.__typename === 'TicketsUnavailable' ||
  answer.__typename === 'NotEnoughTickets' ||
  answer.__typename === 'TicketsAlreadyYours' ||
  answer.__typename === 'OrphanSeat';
