import { randomInt } from 'node:crypto';

import type { ReserveBestAvailableInput } from '../generated/graphql.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import { idempotentCall, type IdempotentCall } from '../platform/db/idempotency.ts';
import { chooseBest, countLeft, type Choice } from './choose-best.ts';
import { openFreePlaces } from './free-places.ts';
import { ALL_GUARDS } from './guards.ts';
import type { HoldAnswer } from './hold-order.ts';
import { invalidInput, noSeatsTogether } from './outcomes.ts';
import { answerAgain, keyProblems, placeOrder, type OrderPlatform } from './place-order.ts';
import type { Order, OrderRefusal } from './read-order.ts';
import { readWish, type OpenOrder } from './read-wish.ts';
import { chartOf } from './seat-chart.ts';

/** How often to look for the next best if somebody else was faster: four times at once, and then waiting for our turn. */
const TRIES = { hasty: 4, patient: 4 };
/** With every try that was lost, one among four times as many of the best. */
const SPREAD = 4;

/** Lost to somebody else, which only matters to those who chose for themselves. */
type Lost = Extract<
  HoldAnswer,
  { __typename: 'TicketsUnavailable' | 'NotEnoughTickets' | 'TicketsAlreadyYours' | 'OrphanSeat' }
>;

/** What `reserveBestAvailable` answers. */
export type ReserveBestAvailableAnswer =
  Exclude<HoldAnswer, Lost> | OrderRefusal | ReturnType<typeof noSeatsTogether>;

/**
 * Choose the best tickets of a kind and hold them, by the same door as those that buyers choose themselves. When somebody
 * else is faster, take the next best.
 */
export async function reserveBestAvailable(
  platform: OrderPlatform,
  viewer: Viewer,
  input: ReserveBestAvailableInput,
): Promise<ReserveBestAvailableAnswer> {
  const answer = await reserve(platform, viewer, input);
  platform.metrics.outcomes.inc({ useCase: 'reserveBestAvailable', outcome: answer.__typename });
  return answer;
}

async function reserve(
  platform: OrderPlatform,
  viewer: Viewer,
  { idempotencyKey, ...wanted }: ReserveBestAvailableInput,
): Promise<ReserveBestAvailableAnswer> {
  const problems = keyProblems(idempotencyKey);
  if (problems.length > 0) return invalidInput(problems);
  const call = idempotentCall(viewer.id, idempotencyKey, 'reserveBestAvailable', wanted);

  const order = await readWish(platform.db, viewer, { ...wanted, idempotencyKey });
  if ('refusal' in order) return (await answerAgain(platform.db, call)) ?? order.refusal;
  return takeBest(platform, viewer, call, order);
}

async function takeBest(
  platform: OrderPlatform,
  viewer: Viewer,
  call: IdempotentCall,
  { wish, ...open }: OpenOrder,
): Promise<ReserveBestAvailableAnswer> {
  const chart = chartOf(open.layout);
  const { eventId, orphanRule } = open.sale;
  using places = openFreePlaces(platform.db, eventId, open.layout.places);
  for (let attempt = 1; ; attempt++) {
    const free = await places.look();
    const crowded = attempt > 1 || free.includes(2);
    const options = { orphanRule, among: crowded ? SPREAD ** attempt : 1, random };
    const unclaimed = chooseBest(chart, free, wish, options);
    // if all that is left is about to be taken, wait for what becomes of it
    const choice = unclaimed ?? (crowded ? chooseBest(chart, withClaimed(free), wish, options) : null);
    if (choice === null || attempt > TRIES.hasty + TRIES.patient) {
      const left = countLeft(chart, withClaimed(free), wish);
      return (await answerAgain(platform.db, call)) ?? noSeatsTogether(left);
    }
    const order = orderOf({ ...open, wish }, choice, unclaimed === null || attempt > TRIES.hasty);
    using claim = places.claim(order.selection.kind === 'PLACES' ? order.selection.places : []);
    const answer = await placeOrder(platform, viewer, call, order, ALL_GUARDS);
    if (isLost(answer)) continue;
    if (answer.__typename === 'TicketsReserved') claim.cameTrue();
    return answer;
  }
}

/**
 * What is chosen far apart is so because nothing else is left, and wheelchair places are where they are: the no-orphan
 * rule would be in nobody's interest there.
 */
function orderOf({ sale, layout, wish }: OpenOrder, choice: Choice, insists: boolean): Order {
  const order = { sale, layout, insists };
  if (choice.kind === 'AREA') {
    const areas = [{ area: choice.area, quantity: wish.quantity }];
    return { ...order, selection: { kind: 'AREAS', areas }, judged: false };
  }
  const near = choice.within === 'ROW' || choice.within === 'TWO_ROWS';
  const judged = sale.orphanRule && near && wish.accessible === 0;
  return { ...order, selection: { kind: 'PLACES', places: choice.places }, judged };
}

const withClaimed = (free: Uint8Array): Uint8Array => free.map((state) => (state === 0 ? 0 : 1));

const random = (below: number): number => (below === 1 ? 0 : randomInt(below));

const isLost = (answer: HoldAnswer): answer is Lost =>
  answer.__typename === 'TicketsUnavailable' ||
  answer.__typename === 'NotEnoughTickets' ||
  answer.__typename === 'TicketsAlreadyYours' ||
  answer.__typename === 'OrphanSeat';
