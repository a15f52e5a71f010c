import { afterAll, beforeAll, expect, test } from 'vitest';

import { EVENT_TABLES } from '../../statements/event-rules.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ redisUrl: null });
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** Tables of a sale whose rows are hardly changed once they are written. */
const RARELY_CHANGED: Readonly<Record<string, string>> = {
  archived_reservations: 'written once',
  archived_tickets: 'written once',
  archived_waiting_room_admissions: 'written once',
  booking_tickets: 'changed when a Booking is cancelled',
  event_audit: 'written once',
  event_cancellations: 'changed once, when it is settled',
  disputes: 'few, and changed when the bank decides',
  event_locks: 'locked, never changed',
  ledger_entries: 'written once',
  refund_requests: 'changed once, when Stripe has made one',
  refunds: 'changed when the bank settles one',
  waiting_room_lists: 'written once',
};

/** At most; Postgres waits for a tenth of a table to change, and then has statistics from before the sale. */
const MAX_SCALE_FACTOR = 0.02;

test('tables that change during a sale are vacuumed and analysed before a tenth of them has changed', async () => {
  const rows = await world.platform.sql<{ name: string; option: string; value: string }[]>`
    select relname as name, option_name as option, option_value as value
    from pg_class, pg_options_to_table(reloptions)
    where relnamespace = 'public'::regnamespace and relkind = 'r'`;
  const settingOf = (table: string, option: string) =>
    Number(rows.find((row) => row.name === table && row.option === option)?.value ?? 0.1);
  const busy = [...EVENT_TABLES, 'webhook_events'].filter((table) => !(table in RARELY_CHANGED));
  expect(busy).toContain('tickets');
  expect(
    busy.filter((table) => settingOf(table, 'autovacuum_vacuum_scale_factor') > MAX_SCALE_FACTOR),
  ).toEqual([]);
  // webhooks are found by their id, so that the statistics of their columns decide nothing
  expect(
    busy.filter(
      (table) =>
        table !== 'webhook_events' && settingOf(table, 'autovacuum_analyze_scale_factor') > MAX_SCALE_FACTOR,
    ),
  ).toEqual([]);
});
