import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';

import { releaseReservation } from '../../src/booking/hold/release-reservation.ts';
import { expireReservations, returnTickets, sellTickets } from '../../src/booking/index.ts';
import { blockTickets } from '../../src/booking/organiser/block-tickets.ts';
import { unblockTickets } from '../../src/booking/organiser/unblock-tickets.ts';
import { reserveTickets } from '../../src/booking/reserve/reserve-tickets.ts';
import { encodeEventScopedId } from '../../src/platform/ids.ts';
import type { Platform } from '../../src/platform/index.ts';
import { runOut } from '../support/holds.ts';
import { randomNumbers } from '../support/race.ts';
import { ORGANISER, viewerOf, type SeededEvent } from '../support/seed.ts';

/** Run random use cases that change tickets, several at once; the choices are determined by the seed. */
export async function simulateSales(
  platform: Platform,
  event: SeededEvent,
  { steps, seed, concurrency = 4 }: { steps: number; seed: number; concurrency?: number },
): Promise<void> {
  const customers = Array.from({ length: concurrency }, (_, index) =>
    simulateCustomer(platform, event, Math.ceil(steps / concurrency), seed * 100 + index),
  );
  await Promise.all(customers);
  await expireReservations(platform);
}

async function simulateCustomer(
  platform: Platform,
  event: SeededEvent,
  steps: number,
  seed: number,
): Promise<void> {
  const below = randomNumbers(seed);
  const organiser = viewerOf(ORGANISER, 'ORGANISER');
  const holds: { viewer: ReturnType<typeof viewerOf>; id: string; sold: boolean }[] = [];
  const randomPlaces = () => {
    const first = below(event.layout.places - 4);
    return Array.from({ length: 1 + below(4) }, (_, index) => first + index);
  };
  for (let step = 0; step < steps; step++) {
    const hold = holds.length > 0 ? holds[below(holds.length)]! : null;
    const key = hold && { eventId: event.id, id: hold.id };
    switch (below(9)) {
      case 0: {
        const blockOrUnblock = below(2) === 0 ? blockTickets : unblockTickets;
        await blockOrUnblock(platform, organiser, { event: event.event, places: randomPlaces() });
        break;
      }
      case 1:
        if (hold && !hold.sold) await releaseReservation(platform, hold.viewer, key);
        break;
      case 2:
        if (hold && !hold.sold)
          await runOut(platform.db, { id: encodeEventScopedId('Reservation', event.id, hold.id) });
        break;
      case 3:
        await expireReservations(platform);
        break;
      case 4:
      case 5:
        if (hold && key)
          hold.sold = (await platform.db.transaction((tx) => sellTickets(tx, key))) === 'sold' || hold.sold;
        break;
      case 6:
        if (hold?.sold && key) await platform.db.transaction((tx) => returnTickets(tx, key));
        break;
      default: {
        const viewer = viewerOf(`buyer-${seed}-${step}`);
        const answer = await reserveTickets(platform, viewer, {
          event: event.event,
          selection: { places: randomPlaces() },
          idempotencyKey: randomUUID(),
        });
        if (answer.__typename === 'TicketsReserved')
          holds.push({ viewer, id: answer.reservation.id, sold: false });
      }
    }
  }
}

/** The map by the rows in the database, which boards and subscribers must converge to. */
export async function mapInDatabase(db: Platform['db'], eventId: string): Promise<string> {
  const {
    rows: [row],
  } = await db.execute<{ map: string }>(sql`
    select string_agg(left(status::text, 1), '' order by place) as map from tickets where event_id = ${eventId}`);
  return row!.map;
}

/** The distinct statuses of a map, sorted: without several of them a test proves nothing. */
export const distinctStatuses = (map: string): string => [...new Set(map)].toSorted().join('');
