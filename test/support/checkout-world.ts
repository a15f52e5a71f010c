import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import Stripe from 'stripe';
import { expect, vi } from 'vitest';

import type { ProcessRole } from '../../src/app/start.ts';
import { type CrashPoint } from '../../src/payments/index.ts';
import { decodeIdOf } from '../../src/platform/ids.ts';
import { startStripeEmulator, type StripeEmulator } from '../../src/stripe-emulator/index.ts';
import { auditMoney } from './audit-money.ts';
import { audit, recordTickets } from './auditor.ts';
import type { Client } from './client.ts';
import { reserved, type Selection } from './holds.ts';
import { eventOnSale, type SeededEvent, type SeedVenue } from './seed.ts';
import { emulatorControl, type EmulatorControl } from './stripe-control.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

/** A running server with a Stripe emulator that sends its webhooks there. */
export interface CheckoutWorld extends World {
  emulator: StripeEmulator;
  stripe: EmulatorControl;
  /** Put an Event on sale, and let a fresh fan hold some of its tickets. */
  held(house?: SeedVenue, selection?: Selection): Promise<Held>;
  /** Make all scheduled jobs due now. */
  hurryJobs(): Promise<void>;
  /** Wait until no job or webhook is pending, and count calls to Stripe from here on. */
  countCallsAnew(): Promise<void>;
  /** Crash the next checkout at this point, once. */
  crashAt(point: CrashPoint): void;
  /** Whether the requested crash has happened. */
  crashed(): boolean;
  /** Stop the next checkout that reaches this point, once; `reached` resolves then, and `resume` lets it go on. */
  pauseAt(point: CrashPoint): { reached: Promise<void>; resume: () => void };
  /** Violated invariants of tickets and money. */
  findings(): Promise<string[]>;
}

/** A buyer with tickets on hold. */
export interface Held {
  event: SeededEvent;
  client: Client;
  name: string;
  reservation: { id: string; heldUntil: string; total: { amount: number; currency: string } };
}

/** A crash, as seen from inside the server: nothing after it runs. */
class Crash extends Error {}

/** Open a world with payments; by default with a worker. */
export async function openCheckoutWorld(
  options: Omit<WorldOptions, 'stripe' | 'atCrashPoint'> & {
    timeoutMs?: number;
    emulator?: StripeEmulator;
  } = {},
): Promise<CheckoutWorld> {
  const { timeoutMs, roles = ['api', 'worker'] as readonly ProcessRole[], ...rest } = options;
  await using opening = new AsyncDisposableStack();
  const emulator = options.emulator ?? opening.use(await startStripeEmulator());
  const stripe = emulatorControl(emulator);
  let crashPoint: CrashPoint | null = null;
  let crashed = false;
  const pauses = new Map<CrashPoint, { reach: () => void; resumed: Promise<void> }>();

  const world = opening.use(
    await openWorld({
      ...rest,
      roles,
      stripe: {
        secretKey: emulator.secretKey,
        webhookSecret: emulator.webhookSecret,
        apiUrl: emulator.url,
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      },
      atCrashPoint: async (point) => {
        const pause = pauses.get(point);
        pauses.delete(point);
        pause?.reach();
        await pause?.resumed;
        if (point !== crashPoint) return;
        crashPoint = null;
        crashed = true;
        throw new Crash(`stopped at ${point}`);
      },
    }),
  );
  await stripe.setWebhooks({ url: `${world.url}/webhooks/stripe`, retryDelaysMs: [50, 100, 200, 400, 800] });

  const { db } = world.platform;
  if (options.databaseUrl === undefined) await recordTickets(db);
  const owned = opening.move();
  return {
    ...world,
    emulator,
    stripe,
    async held(house, selection = { places: [0, 1] }) {
      const event = await eventOnSale(world.platform, house);
      const name = `fan-${randomUUID()}`;
      const client = await world.as(name);
      return { event, client, name, reservation: await reserved(client, event.event, selection) };
    },
    async hurryJobs() {
      await db.execute(sql`
        update graphile_worker._private_jobs set run_at = now() where run_at > now() and locked_at is null`);
    },
    async countCallsAnew() {
      // a webhook leads to a job, and a job to webhooks: twice at rest in a row is at rest
      for (let atRest = 0; atRest < 2;) {
        await stripe.webhooksSettled();
        const { rows: due } = await db.execute(sql`
          select 1 from graphile_worker.jobs where locked_at is not null or (run_at <= now() and attempts < max_attempts)`);
        atRest = due.length === 0 ? atRest + 1 : 0;
      }
      await stripe.resetCalls();
    },
    crashAt(point) {
      crashPoint = point;
      crashed = false;
    },
    crashed: () => crashed,
    pauseAt(point) {
      const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
      const { promise: resumed, resolve: resume } = Promise.withResolvers<void>();
      pauses.set(point, { reach, resumed });
      return { reached, resume };
    },
    findings: async () => [...(await audit(db)), ...(await auditMoney(db, stripe))],
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** What tests want to see of a Booking. */
export const BOOKING = `id status total { amount currency } failureMessage createdAt confirmedAt
  tickets { id place status } event { id }`;

const ANSWERS = `
  ... on BookingConfirmed { booking { ${BOOKING} } }
  ... on PaymentActionRequired { booking { ${BOOKING} } clientSecret redirectUrl }
  ... on PaymentPending { booking { ${BOOKING} } }
  ... on PaymentDeclined { booking { ${BOOKING} } code reservation { id status secondsLeft } }
  ... on PaymentUnavailable { reservation { id status secondsLeft } }
  ... on PaymentProviderBusy { retryAfterSeconds }
  ... on BookingRefunded { booking { ${BOOKING} } }
  ... on BookingUnderWay { booking { ${BOOKING} } }
  ... on AmountMismatch { total { amount currency } }
  ... on TooManyPaymentAttempts { limit maxAttempts retryAfterSeconds }
  ... on ReservationOver { reservation { id status } }
  ... on InvalidInput { problems { path message } }
  ... on IdempotencyKeyReused { idempotencyKey }`;

/** How a test pays, where it does not pay as usual. */
export interface Payment {
  amount?: { amount: number; currency: string };
  paymentMethod?: string | null;
  returnUrl?: string | null;
  key?: string;
}

/** The input of `confirmBooking`: a card that works and the right amount, unless the test says otherwise. */
export function payment({ reservation }: Pick<Held, 'reservation'>, how: Payment = {}) {
  const { amount = reservation.total, paymentMethod = 'pm_card_visa', returnUrl, key = randomUUID() } = how;
  return {
    reservation: reservation.id,
    payment: { amount, paymentMethod, ...(returnUrl === undefined ? {} : { returnUrl }) },
    idempotencyKey: key,
  };
}

/** Call `confirmBooking`; returns any outcome. */
export function pay(held: Pick<Held, 'reservation' | 'client'>, how: Payment = {}) {
  return held.client.mutate('confirmBooking', payment(held, how), ANSWERS);
}

/** Call `confirmBooking`, which is cut off in the middle: the client learns nothing. */
export async function payAndCrash(world: CheckoutWorld, held: Held, point: CrashPoint, how: Payment = {}) {
  world.crashAt(point);
  const answer = await held.client.send(
    'mutation ($input: ConfirmBookingInput!) { confirmBooking(input: $input) { __typename } }',
    { input: payment(held, how) },
  );
  expect(world.crashed(), `a checkout comes by ${point}`).toBe(true);
  expect(answer.errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
}

/** Call `cancelBooking`; returns any outcome. */
export function giveBack({ client }: Pick<Held, 'client'>, booking: { id: string }) {
  return client.mutate(
    'cancelBooking',
    { booking: booking.id },
    `... on BookingCancelled { booking { ${BOOKING} } } ... on BookingNotCancellable { booking { ${BOOKING} } }`,
  );
}

/** Read the viewer's newest Booking for what they hold. */
export async function bookingOf({ client, event }: Pick<Held, 'client' | 'event'>) {
  const { viewer } = await client.ask(
    `query ($event: ID) { viewer { bookings(event: $event) { nodes { ${BOOKING} } } } }`,
    { event: event.event },
  );
  return viewer.bookings.nodes[0] ?? null;
}

/** Poll until an assertion holds that another process makes true; fails with the last error. */
export function until(condition: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(condition, { timeout: 20_000, interval: 25 });
}

/** Wait until the viewer's newest Booking has this status; returns it. */
export async function untilBooking(held: Pick<Held, 'client' | 'event'>, status: string) {
  await until(async () => expect((await bookingOf(held))?.status).toBe(status));
  return bookingOf(held);
}

/** Stripe's name for what pays a Booking. */
export async function intentOf({ platform }: Pick<CheckoutWorld, 'platform'>, booking: { id: string }) {
  const { id } = bookingKey(booking);
  const {
    rows: [row],
  } = await platform.db.execute<{ intent: string }>(
    sql`select intent_id as intent from bookings where id = ${id} and intent_id is not null`,
  );
  if (row === undefined) throw new Error(`${booking.id} has no intent`);
  return row.intent;
}

/** End the payment time of a Booking by moving its deadline into the past, instead of waiting. */
export async function runOutOfTime({ platform }: Pick<CheckoutWorld, 'platform'>, booking: { id: string }) {
  const { id } = bookingKey(booking);
  await platform.db.execute(
    sql`update bookings set pay_until = now() - interval '1 second' where id = ${id}`,
  );
}

/** The row's key, from the Booking's global id. */
export function bookingKey(booking: { id: string }): { eventId: string; id: string } {
  const key = decodeIdOf('Booking', booking.id);
  if (key === null) throw new Error(`${booking.id} is not the id of a Booking`);
  return { eventId: key.eventId, id: key.id };
}

/** Stripe's SDK, for what happens past the server: in the dashboard, or with a client secret. */
export function stripeOf({ emulator }: Pick<CheckoutWorld, 'emulator'>): Stripe {
  const { hostname: host, port } = new URL(emulator.url);
  return new Stripe(emulator.secretKey, { protocol: 'http', host, port, maxNetworkRetries: 0 });
}
