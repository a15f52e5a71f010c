import type { Admission, Stay } from '../evidence.ts';

/** What an open subscription may lag behind. */
export const MAX_DELAY_MS = 10_000;

/** The line as it was at a moment. */
export interface LineThen {
  isOpen: boolean;
  head: number;
  isSoldOut: boolean;
  /** When it last became sold out, or moved on. */
  soldOutSince: number;
  isGone(place: number): boolean;
  peopleAhead(place: number): number;
}

/** What a subscription shows. */
export interface Shown {
  place: number | null;
  state: string;
  peopleAhead: number | null;
}

/** Compare what a subscription shows with the line ten seconds before, at `thenMs`. Null: it has been told. */
export function staleness(
  { place, state, peopleAhead }: Shown,
  then: LineThen,
  thenMs: number,
): string | null {
  if (!then.isOpen) return null;
  if (place === null) return 'has no place, though the line is open';
  if (place <= then.head) return `still waits at ${place}, though the head is ${then.head}`;
  if (then.isGone(place)) return `still waits at ${place}, which was given up`;
  if (peopleAhead === null || peopleAhead > then.peopleAhead(place))
    return `has ${peopleAhead} people ahead of ${place}, not ${then.peopleAhead(place)}`;
  if (then.soldOutSince <= thenMs && (state === 'SOLD_OUT') !== then.isSoldOut)
    return `is ${state}, though the Event is ${then.isSoldOut ? '' : 'not '}sold out`;
  return null;
}

/** How long it took to tell open subscriptions of their admission, in ms. */
export function admissionDelays(stays: readonly Stay[], admissions: readonly Admission[]): number[] {
  const byPlace = new Map(admissions.map((admission) => [admission.place, admission.admittedAt]));
  return stays.flatMap(({ place, subscribedAt, toldAt }) => {
    const admittedAt = place === null ? undefined : byPlace.get(place);
    const hadSubscription = subscribedAt !== null && admittedAt !== undefined && subscribedAt < admittedAt;
    return hadSubscription && toldAt !== null ? [toldAt - admittedAt] : [];
  });
}

/** Subscriptions that were open at their admission and told of it too late. */
export function toldLate(stays: readonly Stay[], admissions: readonly Admission[]): string[] {
  const late = admissionDelays(stays, admissions).filter((delay) => delay > MAX_DELAY_MS);
  if (late.length === 0) return [];
  return [`${late.length} were told of their admission late, one after ${Math.max(...late)} ms`];
}
