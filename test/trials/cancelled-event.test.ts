import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { auditMoney } from '../support/audit-money.ts';
import { audit } from '../support/auditor.ts';
import { cancelEvent, cancellationOf } from '../support/cancel-event.ts';
import { pay } from '../support/checkout-world.ts';
import { reserved } from '../support/holds.ts';
import { eventOnSale, ORGANISER, type SeededEvent } from '../support/seed.ts';
import { emulatorControl } from '../support/stripe-control.ts';
import { untilNothing } from '../support/wait-until.ts';
import { openDeployedParts, type DeployedParts } from './deployed-parts.ts';
import type { Supervised } from './supervised.ts';

const TIMEOUT_MS = 240_000;
const BOOKINGS = 500;
const BUYERS_AT_ONCE = 8;
const KILLS = 5;

const UNLIMITED = '1000000';

let parts: DeployedParts;
let api: Supervised;
let worker: Supervised;
beforeAll(async () => {
  parts = await openDeployedParts({
    LIMIT_PAYMENT_ATTEMPTS_PER_ADDRESS_AND_HOUR: UNLIMITED,
    LIMIT_STRIPE_WRITES_PER_SECOND: UNLIMITED,
  });
  api = await parts.launch('api', 'api');
  worker = await parts.launch('worker', 'worker');
  await emulatorControl(parts.emulator).setWebhooks({
    url: `${api.url}/webhooks/stripe`,
    retryDelaysMs: [50, 100, 200, 400],
  });
}, TIMEOUT_MS);
afterAll(() => parts?.[Symbol.asyncDispose]());

/** Sell one ticket each to as many buyers. */
async function sellAll(event: SeededEvent): Promise<void> {
  let place = 0;
  const buyOneAfterAnother = async () => {
    while (place < BOOKINGS) {
      const mine = place++;
      const client = await parts.clientOf(api, `buyer-${mine}`, ['FAN']);
      const held = { client, reservation: await reserved(client, event.event, { places: [mine] }) };
      expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    }
  };
  await Promise.all(Array.from({ length: BUYERS_AT_ONCE }, buyOneAfterAnother));
}

test(
  `an Event with ${BOOKINGS} Bookings is cancelled while its worker is killed ${KILLS} times: each is refunded once`,
  { timeout: TIMEOUT_MS },
  async () => {
    const event = await eventOnSale(parts.platform, { seats: BOOKINGS });
    await sellAll(event);
    const organiser = await parts.clientOf(api, ORGANISER, ['ORGANISER']);
    expect(await cancelEvent(organiser, event.event)).toMatchObject({ __typename: 'EventCancelled' });

    const seen: number[] = [];
    const progress = async () => {
      const { refunded, bookings, pending } = await cancellationOf(organiser, event.event);
      expect(bookings, 'every Booking is counted all along').toBe(BOOKINGS);
      expect(refunded + pending).toBe(BOOKINGS);
      seen.push(refunded);
      return refunded as number;
    };
    const reached = (share: number) => async () =>
      (await progress()) >= share * BOOKINGS ? [] : ['refunds'];
    for (let kill = 1; kill <= KILLS; kill++) {
      expect(await untilNothing(reached(kill / (KILLS + 2)))).toEqual([]);
      await worker.kill();
      // The jobs of a killed worker stay locked for four hours: the sweep of the next one replaces them.
      await parts.platform.db.execute(sql`
        update bookings set updated_at = updated_at - interval '2 minutes' where step = 'cancelling'`);
      await parts.platform.db.execute(sql`
        update event_cancellations set cancelled_at = cancelled_at - interval '2 minutes'`);
      await worker.start();
    }
    expect(await untilNothing(reached(1))).toEqual([]);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(new Set(seen).size).toBeGreaterThan(KILLS);

    const stripe = emulatorControl(parts.emulator);
    const { rows } = await parts.platform.db.execute<{ count: number }>(sql`
      select count(*)::int as count from refunds where event_id = ${event.id} and status = 'succeeded'`);
    expect(rows).toEqual([{ count: BOOKINGS }]);
    const findings = async () => [
      ...(await audit(parts.platform.db)),
      ...(await auditMoney(parts.platform.db, stripe)),
    ];
    expect(await untilNothing(findings)).toEqual([]);
    expect(parts.unexpectedExits).toEqual([]);
  },
);
