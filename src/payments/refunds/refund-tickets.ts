import { describePlaces, returnSomeTickets } from '../../booking/index.ts';
import type { FieldProblem, RefundTicketsInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { chargeableUpTo } from '../../platform/charge-limits.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import { sumOf } from '../../platform/money.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import { cancelConfirmed } from '../cancellation/release-and-refund.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { ticketsNotInBooking } from '../outcomes.ts';
import { cancelBookingTickets } from '../store/booking-tickets.ts';
import { readPlacesOf } from '../store/event-bookings.ts';
import { decideRefund, type Decision, type Refundable } from './decide-refund.ts';

const MAX_TICKETS = 100;

/** Take tickets of a Booking at the viewer's own Event back, and refund what they cost. */
export async function refundTickets(checkouts: Checkouts, viewer: Viewer, input: RefundTicketsInput) {
  return countOutcome(checkouts.platform, 'refundTickets', await refund(checkouts, viewer, input));
}

async function refund(checkouts: Checkouts, viewer: Viewer, input: RefundTicketsInput) {
  const problems = problemsOf(input.tickets);
  if (problems.length > 0) return invalidInput(problems);
  type Refusal = ReturnType<typeof ticketsNotInBooking>;
  return decideRefund<Refusal>(checkouts, viewer, 'refundTickets', input, async (tx, refundable, abort) => {
    const { eventId } = refundable.booking;
    const wanted = input.tickets.map((id) => ({ id, ticket: decodeIdOf('Ticket', id) }));
    const valid = (await readPlacesOf(tx, eventId, [refundable.booking.id])).filter((t) => !t.isReturned);
    const amounts = new Map(valid.map(({ place, amount }) => [place, amount]));
    const isOthers = ({ ticket }: (typeof wanted)[number]) =>
      ticket?.eventId !== eventId || !amounts.has(ticket.place);
    const others = wanted.filter(isOthers);
    if (others.length > 0) return abort(ticketsNotInBooking(others.map(({ id }) => id)));
    const places = wanted.map(({ ticket }) => ticket!.place).toSorted((a, b) => a - b);
    const taken = { places, returnToSale: input.returnToSale };
    return places.length === valid.length
      ? takeAll(tx, refundable, taken)
      : takeSome(tx, refundable, { ...taken, cost: sumOf(places.map((place) => amounts.get(place)!)) });
  });
}

function problemsOf(tickets: readonly string[]): FieldProblem[] {
  const refuse = (message: string) => [{ path: ['tickets'], message }];
  if (tickets.length < 1 || tickets.length > MAX_TICKETS)
    return refuse(`must be 1 to ${MAX_TICKETS} tickets`);
  return new Set(tickets).size < tickets.length ? refuse('must not have a ticket twice') : [];
}

interface Taken {
  places: number[];
  returnToSale: boolean;
}

const detailsOf = ({ places, returnToSale }: Taken) => ({ tickets: describePlaces(places), returnToSale });

/** The Booking's own refund gives back all that is left. */
async function takeAll(tx: Tx, { booking, left }: Refundable, taken: Taken): Promise<Decision> {
  const { places, returnToSale } = taken;
  const cancelling = await cancelConfirmed(tx, booking, { delaySeconds: 0, byOrganiser: true, returnToSale });
  if (cancelling === null) throw new Error(`booking ${booking.id} cannot be cancelled under its lock`);
  return { state: 'whole', places, amount: left, details: detailsOf(taken) };
}

async function takeSome(
  tx: Tx,
  { booking, left }: Refundable,
  { cost, ...taken }: Taken & { cost: number },
): Promise<Decision> {
  const { places } = taken;
  await returnSomeTickets(tx, { eventId: booking.eventId, id: booking.reservationId }, places, taken);
  await cancelBookingTickets(tx, booking, places);
  // of a price that changed during the checkout, a share may be no multiple of what Stripe counts in
  const amount = chargeableUpTo({ amount: Math.min(cost, left), currency: booking.currency });
  return { state: amount === 0 ? 'covered' : 'due', places, amount, details: detailsOf(taken) };
}
