import { describe, expect, test } from 'vitest';

import type { CrashPoint } from '../../../src/payments/index.ts';
import {
  intentOf,
  pay,
  payAndCrash,
  runOutOfTime,
  until,
  untilBooking,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { reserved, runOut } from '../../support/holds.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

let world: CheckoutWorld;
shareCheckoutWorld((shared) => ({ world } = shared));

const PAYING = [
  'opened',
  'intent-created',
  'intent-stored',
  'charged',
  'paid',
  'sold',
  'settled',
] satisfies CrashPoint[];
const DECLINING = ['charged', 'settled'] satisfies CrashPoint[];
const EXPIRING = ['declining', 'intent-cancelled', 'settled'] satisfies CrashPoint[];
const TOO_LATE = ['paid', 'refund-made', 'settled'] satisfies CrashPoint[];

describe('a server that crashes while it charges a card', () => {
  for (const point of PAYING) {
    test(`at "${point}", without webhooks: the recovery job confirms the booking`, async () => {
      const held = await world.held();
      await world.stripe.setWebhooks({ mode: 'drop' });
      await payAndCrash(world, held, point, { key: 'crash' });
      await world.hurryJobs();
      const booking = await untilBooking(held, 'CONFIRMED');
      expect(await pay(held, { key: 'crash' })).toMatchObject({
        __typename: 'BookingConfirmed',
        booking: { id: booking.id },
      });
    });

    test(`at "${point}", and the client retries: the same call confirms the booking`, async () => {
      const held = await world.held();
      await world.stripe.setWebhooks({ mode: 'drop' });
      await payAndCrash(world, held, point, { key: 'crash' });
      expect(await pay(held, { key: 'crash' })).toMatchObject({ __typename: 'BookingConfirmed' });
    });
  }

  for (const point of ['charged', 'paid', 'sold'] satisfies CrashPoint[]) {
    test(`at "${point}": the webhook confirms the booking before the recovery job is due`, async () => {
      const held = await world.held();
      await world.stripe.setWebhooks({ mode: 'hold' }); // or the webhook may reach the crash point before the call
      await payAndCrash(world, held, point);
      await world.stripe.releaseWebhooks();
      await untilBooking(held, 'CONFIRMED');
    });
  }
});

describe('a server that crashes while a card is declined', () => {
  for (const point of DECLINING) {
    test(`at "${point}" charges nothing, and the buyer can pay again`, async () => {
      const held = await world.held();
      await world.stripe.setWebhooks({ mode: 'drop' });
      await payAndCrash(world, held, point, { paymentMethod: 'pm_card_chargeDeclined' });
      await world.hurryJobs();
      await untilBooking(held, 'DECLINED');
      expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    });
  }
});

describe('a server that crashes while it refunds a late payment', () => {
  for (const point of TOO_LATE) {
    test(`at "${point}" refunds it once`, async () => {
      const held = await world.held();
      const how = { paymentMethod: 'pm_card_authenticationRequired', key: 'late' };
      const { booking } = await pay(held, how);
      const intent = await intentOf(world, booking);
      await runOut(world.platform.db, held.reservation);
      await reserved(await world.as(`faster-at-${point}`), held.event.event, { places: [1] });
      await world.stripe.setWebhooks({ mode: 'drop' });
      await world.stripe.authenticate(intent, 'complete');

      await payAndCrash(world, held, point, how);
      await world.hurryJobs();
      await untilBooking(held, 'REFUNDED');
      await until(async () => expect(await world.findings()).toEqual([]));
      const { refunds } = await world.stripe.payments();
      expect(refunds.filter(({ payment_intent }) => payment_intent === intent)).toHaveLength(1);
    });
  }
});

describe('a server that crashes while it cancels an abandoned payment', () => {
  for (const point of EXPIRING) {
    test(`at "${point}" cancels it later, and the buyer can pay again`, async () => {
      const held = await world.held();
      const how = { paymentMethod: 'pm_card_authenticationRequired', key: 'abandoned' };
      const { booking } = await pay(held, how);
      await world.stripe.setWebhooks({ mode: 'drop' });
      await runOutOfTime(world, booking);
      await payAndCrash(world, held, point, how);
      await world.hurryJobs();
      await untilBooking(held, 'DECLINED');
      expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    });
  }
});
