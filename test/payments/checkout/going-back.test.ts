import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';

import { textOf } from '../../../scripts/check/tree.ts';
import {
  intentOf,
  pay,
  until,
  untilBooking,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { runOut } from '../../support/holds.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const DECLINED = { paymentMethod: 'pm_card_chargeDeclined' };
const AUTHENTICATION = { paymentMethod: 'pm_card_authenticationRequired' };

/** What operators run before they go back to version 0.1. */
const [COUNT_JOBS, LIST_INTENTS] = [...textOf('docs/operations.md').matchAll(/```sql\n(.*?);\n```/gs)].map(
  ([, statement]) => statement!,
);

let world: CheckoutWorld;
shareCheckoutWorld((shared) => ({ world } = shared));

const jobsLeft = async () => {
  const { rows } = await world.platform.db.execute<{ count: string }>(sql.raw(COUNT_JOBS!));
  return Number(rows[0]!.count);
};
const openIntents = async () => {
  const { rows } = await world.platform.db.execute<{ intent_id: string }>(sql.raw(LIST_INTENTS!));
  return rows.map(({ intent_id }) => intent_id);
};
const declined = async (): Promise<{ held: Held; intent: string }> => {
  const held = await world.held();
  const { booking } = await pay(held, DECLINED);
  return { held, intent: await intentOf(world, booking) };
};

test('the statements of docs/operations.md find what version 0.1 would leave open, and nothing that was sold', async () => {
  const open = await declined();
  const sold = await declined();
  expect(await pay(sold.held)).toMatchObject({ __typename: 'BookingConfirmed' });
  const ended = await declined();
  await runOut(world.platform.db, ended.held.reservation);
  await world.hurryJobs();
  await until(async () => expect(await openIntents()).toEqual([open.intent]));
  const inProgress = await declined();
  await pay(inProgress.held, AUTHENTICATION);
  expect(await openIntents()).toEqual([open.intent]);
  expect(await jobsLeft()).toBeGreaterThan(0);

  await world.stripe.authenticate(inProgress.intent, 'complete');
  await untilBooking(inProgress.held, 'CONFIRMED');
  await runOut(world.platform.db, open.held.reservation);
  await until(async () => {
    await world.hurryJobs();
    expect(await jobsLeft()).toBe(0);
  });
  expect(await openIntents()).toEqual([]);
});
