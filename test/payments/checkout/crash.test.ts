import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';

import { recoverCheckouts, type CrashPoint } from '../../../src/payments/index.ts';
import {
  intentOf,
  openCheckoutWorld,
  pay,
  payment,
  until,
  untilBooking,
} from '../../support/checkout-world.ts';
import { openClient } from '../../support/client.ts';
import { startServer } from '../../support/start-server.ts';

for (const point of ['charged', 'sold'] satisfies CrashPoint[]) {
  test(`kill -9 at "${point}": another server confirms the booking, and a retry returns it`, async () => {
    await using world = await openCheckoutWorld({ roles: ['api'] }); // no worker until the other server is killed
    const held = await world.held();
    await world.stripe.setWebhooks({ mode: 'hold' });
    {
      await using doomed = await startServer(world, point);
      const client = openClient(doomed.url, await world.token(held.name));
      const call = client.send(
        'mutation ($input: ConfirmBookingInput!) { confirmBooking(input: $input) { __typename } }',
        { input: payment(held, { key: 'unlucky' }) },
      );
      await expect(call).rejects.toThrow(); // the connection broke: the client has no response
      expect(await doomed.exited).toEqual([null, 'SIGKILL']);
    }

    await using survivor = await openCheckoutWorld({
      databaseUrl: world.databaseUrl,
      emulator: world.emulator,
    });
    await survivor.stripe.setWebhooks({ mode: 'drop' });
    await survivor.hurryJobs();
    const booking = await untilBooking(held, 'CONFIRMED');
    expect(await pay(held, { key: 'unlucky' })).toMatchObject({
      __typename: 'BookingConfirmed',
      booking: { id: booking.id },
    });
    expect(await survivor.findings()).toEqual([]);
    const { charges } = await world.stripe.payments();
    expect(charges).toHaveLength(1);
  });
}

test('kill -9 of a worker during a job: the sweep recovers the checkout', async () => {
  await using world = await openCheckoutWorld({ roles: ['api'] });
  const held = await world.held();
  await world.stripe.setWebhooks({ mode: 'drop' });
  const { booking } = await pay(held, { paymentMethod: 'pm_card_authenticationRequired' });
  await world.stripe.authenticate(await intentOf(world, booking), 'complete');
  {
    await using doomed = await startServer(world, 'sold'); // its worker locks the job, and is killed by it
    await world.hurryJobs();
    expect(await doomed.exited).toEqual([null, 'SIGKILL']);
  }
  const {
    rows: [job],
  } = await world.platform.db.execute(sql`select locked_at, key from graphile_worker.jobs`);
  expect(job!['locked_at'], 'the job is locked by the dead worker').not.toBeNull();

  await using survivor = await openCheckoutWorld({
    databaseUrl: world.databaseUrl,
    emulator: world.emulator,
  });
  await survivor.hurryJobs(); // no effect: the job stays locked for four hours
  expect(await recoverCheckouts(survivor, { idleSeconds: 0 })).toBe(1);
  await until(async () => expect(await survivor.findings()).toEqual([]));
  expect((await untilBooking(held, 'CONFIRMED')).id).toBe(booking.id);
});
