import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';

import { bookingKey, giveBack, intentOf, pay, type CheckoutWorld } from '../../support/checkout-world.ts';
import { reserved, type Selection } from '../../support/holds.ts';
import { eventOnSale, ORGANISER, type SeededEvent } from '../../support/seed.ts';

/** A sale whose figures are known. */
export interface PlantedSale {
  event: SeededEvent;
  /** Global ids of the Bookings, by the name of the buyer. */
  bookings: Record<string, string>;
}

/** In Berlin an hour before midnight, and half an hour after it. */
const [EARLIER, LATER] = ['2026-01-10T22:00:00Z', '2026-01-10T23:30:00Z'];

/**
 * Two rows of 20 seats at €60 and €40, and an area of ten at €60; bought, cancelled, refunded in part, disputed, declined, held, blocked, and
 * paused at last. `anna`, `bert` and `gita` have bought on the day before the others; their refunds are of the later day.
 */
export async function plantSale(world: CheckoutWorld, dashboard: Stripe): Promise<PlantedSale> {
  const event = await eventOnSale(world.platform, {
    ...{ seats: 40, prices: [6_000, 4_000], areas: [{ key: 'floor', places: 10 }] },
  });
  const bookings: Record<string, string> = {};
  const buy = async (name: string, selection: Selection, paymentMethod = 'pm_card_visa') => {
    const client = await world.as(name);
    const reservation = await reserved(client, event.event, selection);
    const { booking } = await pay({ client, reservation }, { paymentMethod });
    bookings[name] = booking.id;
    return { client, booking, intent: await intentOf(world, booking) };
  };
  await buy('anna', { places: [0, 1] });
  const bert = await buy('bert', { places: [20, 21, 22] });
  const gita = await buy('gita', { places: [5, 24] });
  const cleo = await buy('cleo', { places: [2] });
  const dora = await buy('dora', { places: [23] });
  await buy('gero', { generalAdmission: [{ area: 'floor', quantity: 2 }] });
  await buy('fred', { places: [4] }, 'pm_card_chargeDeclined');
  await reserved(await world.as('emil'), event.event, { places: [3] });
  await dashboard.refunds.create({ payment_intent: bert.intent, amount: 1_000 });
  await dashboard.refunds.create({ payment_intent: gita.intent, amount: 1 });
  await giveBack(cleo, cleo.booking);
  await world.stripe.dispute(dora.intent);
  const organiser = await world.as(ORGANISER, 'ORGANISER');
  await organiser.mutate('blockTickets', { event: event.event, places: [30, 31] });
  await organiser.mutate('pauseSale', { event: event.event });
  await world.countCallsAnew();
  await moveToDays(
    world,
    event.id,
    ['anna', 'bert', 'gita'].map((name) => bookingKey({ id: bookings[name]! }).id),
  );
  return { event, bookings };
}

async function moveToDays({ platform: { db } }: CheckoutWorld, eventId: string, earlier: readonly string[]) {
  const isEarlier = sql`any(${sql.param(earlier)}::uuid[])`;
  await db.execute(sql`
    update bookings set confirmed_at = case when id = ${isEarlier} then ${EARLIER}::timestamptz else ${LATER} end
    where event_id = ${eventId} and confirmed_at is not null`);
  await db.execute(sql`
    update booking_tickets set cancelled_at = ${LATER}::timestamptz where event_id = ${eventId} and cancelled_at is not null`);
  await db.execute(sql`
    update ledger_entries set recorded_at =
      case when kind = 'charge' and booking_id = ${isEarlier} then ${EARLIER}::timestamptz else ${LATER} end
    where event_id = ${eventId}`);
}
