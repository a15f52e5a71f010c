import { randomUUID } from 'node:crypto';

import { BOOKING, type Held } from './checkout-world.ts';
import type { Client } from './client.ts';

const ANSWERS = `
  ... on RefundAccepted { booking { ${BOOKING} } amount { amount currency } }
  ... on BookingNotRefundable { message booking { id status } }
  ... on InvalidInput { problems { path message } }
  ... on IdempotencyKeyReused { idempotencyKey }`;

/** Call `refundTickets`; returns any outcome. */
export const refundTickets = (
  organiser: Client,
  booking: { id: string },
  {
    tickets,
    returnToSale = true,
    key = randomUUID(),
    reason,
  }: { tickets: readonly string[]; returnToSale?: boolean; key?: string; reason?: string },
) =>
  organiser.mutate(
    'refundTickets',
    { booking: booking.id, tickets, returnToSale, idempotencyKey: key, ...(reason && { reason }) },
    `${ANSWERS} ... on TicketsNotInBooking { tickets }`,
  );

/** Call `refundAmount`; returns any outcome. */
export const refundAmount = (
  organiser: Client,
  booking: { id: string },
  { amount, currency = 'EUR', key = randomUUID() }: { amount: number; currency?: string; key?: string },
) =>
  organiser.mutate(
    'refundAmount',
    { booking: booking.id, amount: { amount, currency }, idempotencyKey: key },
    `${ANSWERS} ... on RefundExceedsPayment { message left { amount currency } }`,
  );

/** The refunds of a Booking, as its buyer sees them. */
export async function refundsOf({ client }: Pick<Held, 'client'>, booking: { id: string }) {
  const { node } = await client.ask(
    'query ($id: ID!) { node(id: $id) { ... on Booking { refunds { status amount { amount currency } } } } }',
    { id: booking.id },
  );
  return node.refunds as { status: string; amount: { amount: number; currency: string } }[];
}
