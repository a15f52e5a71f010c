import { sql } from 'drizzle-orm';

import type { Db } from '../../src/platform/db/pool.ts';
import type { EmulatorControl } from './stripe-control.ts';

// Compares Stripe with the database, independently of the code under test.

interface Booked extends Record<string, unknown> {
  id: string;
  step: string;
  amount: number;
  intent: string | null;
  reservation: string;
  places: number;
  tickets: number;
  /** Of the valid tickets. */
  value: number;
  /** Of the tickets that were given back. */
  returned: number;
  /** Given back by the organiser without tickets. */
  given: number;
}

/**
 * I3: for each Booking, captured − refunded = value of its valid tickets, less what its organiser gave back without tickets; and no money
 * that belongs to no Booking. Empty is what every test that moves money ends with, once nothing is under way.
 */
export async function auditMoney(db: Db, stripe: Pick<EmulatorControl, 'payments'>): Promise<string[]> {
  const bookings = (
    await db.execute<Booked>(sql`
      select b.id, b.step, coalesce(b.amount_minor, b.amount)::float8 as amount, b.intent_id as intent, r.status as reservation,
        cardinality(r.places) as places,
        count(t.*) filter (where t.cancelled_at is null)::int as tickets,
        coalesce(sum(coalesce(t.amount_minor, t.amount)) filter (where t.cancelled_at is null), 0)::float8 as value,
        coalesce(sum(coalesce(t.amount_minor, t.amount)) filter (where t.cancelled_at is not null), 0)::float8 as returned,
        (select coalesce(sum(q.amount), 0)::float8 from refund_requests q
          where q.event_id = b.event_id and q.booking_id = b.id and q.places is null and q.state in ('made', 'pending')
            and exists (select from refunds f where f.event_id = q.event_id and f.id = q.refund_id and f.status <> 'failed')) as given
      from bookings b
      join reservations r on r.event_id = b.event_id and r.id = b.reservation_id
      left join booking_tickets t on t.event_id = b.event_id and t.booking_id = b.id
      group by b.event_id, b.id, b.step, b.amount_minor, b.amount, b.intent_id, r.status, r.places`)
  ).rows;
  const { payment_intents: intents, charges, refunds, disputes } = await stripe.payments();

  const kept = new Map<string, number>();
  for (const intent of intents) {
    const captured = charges.filter((charge) => charge.payment_intent === intent.id && charge.captured);
    const back = refunds.filter(
      (refund) =>
        refund.payment_intent === intent.id && refund.status !== 'failed' && refund.status !== 'canceled',
    );
    kept.set(
      intent.id,
      sum(captured.map((charge) => charge.amount_captured)) - sum(back.map(({ amount }) => amount)),
    );
  }

  const findings: string[] = [];
  for (const intent of intents) {
    const booking = bookings.find(({ intent: id, step }) => id === intent.id && step === 'confirmed');
    // Without tickets the bank may have paid the buyer in place of the shop; with tickets that is a loss, and changes nothing.
    const lost = disputes.filter(
      ({ payment_intent, status }) => payment_intent === intent.id && status === 'lost',
    );
    const owed =
      booking === undefined
        ? sum(lost.map(({ amount }) => amount))
        : Math.max(0, booking.value - booking.given);
    if (kept.get(intent.id) !== owed) {
      findings.push(
        `I3: ${intent.id} keeps ${kept.get(intent.id)} for ${owed}: ${JSON.stringify(booking ?? null)}`,
      );
    }
  }
  for (const booking of bookings) {
    const confirmed = booking.step === 'confirmed';
    const told = JSON.stringify(booking);
    if (confirmed && booking.amount > 0 && !kept.has(booking.intent ?? ''))
      findings.push(`I3: no payment for ${told}`);
    if (confirmed && booking.value + booking.returned !== booking.amount)
      findings.push(`I3: the tickets do not add up: ${told}`);
    if (booking.tickets !== (confirmed ? booking.places : 0))
      findings.push(`I3: too many or few tickets: ${told}`);
    if (confirmed && booking.reservation !== 'BOOKED')
      findings.push(`I3: confirmed without its tickets: ${told}`);
    if (!['confirmed', 'declined', 'refunded', 'cancelled'].includes(booking.step)) {
      findings.push(`I9: still under way: ${told}`);
    }
  }
  for (const { reservation_id: id } of (
    await db.execute(sql`
    select r.id as reservation_id from reservations r
    where r.status = 'BOOKED' and not exists (
      select 1 from bookings b where b.event_id = r.event_id and b.reservation_id = r.id and b.step = 'confirmed')`)
  ).rows) {
    findings.push(`I3: tickets without money: reservation ${String(id)}`);
  }
  return findings;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
